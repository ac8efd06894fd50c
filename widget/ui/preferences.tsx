import { Button } from "./button.tsx";
import { Foot } from "./foot.tsx";
import { Lead } from "./lead.tsx";
import { h } from "./jsx.ts";
import type { Model } from "./model.ts";
import { Purpose } from "./purpose.tsx";

function open(dialog: HTMLDialogElement): void {
  dialog.showModal();
}

/** Everything that can be chosen, and what was. A native modal dialog: the browser holds the focus and closes on Esc. */
export function Preferences({ model, onClose }: { model: Model; onClose: (event: Event) => void }) {
  const { config, decide, draft, mine, strings } = model;
  const left = mine?.left(model);
  return (
    <dialog part="preferences" aria-labelledby="preferences" ref={open} onclose={onClose}>
      <form part="head" method="dialog">
        <h2 id="preferences">{strings.preferences}</h2>
        <button part="close" aria-label={strings.close} />
      </form>
      <div part="body">
        {left && <p part="left">{left}</p>}
        <Lead {...model} />
        <ul>
          {config.purposes.map((purpose) => (
            <Purpose model={model} purpose={purpose} />
          ))}
        </ul>
        {mine && <mine.View {...model} />}
      </div>
      <Foot model={model} place="preferences" consent={strings.bySaving}>
        <Button onClick={() => decide(draft, "preferences", "save")}>{strings.save}</Button>
      </Foot>
    </dialog>
  );
}
