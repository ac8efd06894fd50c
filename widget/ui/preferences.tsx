import { Button } from "./button.tsx";
import { everything } from "./choice.ts";
import { Mine } from "./mine.tsx";
import type { Model } from "./model.ts";
import { Purpose } from "./purpose.tsx";
import { Link } from "./texts.tsx";

function open(dialog: HTMLDialogElement | null): void {
  dialog?.showModal();
}

/**
 * Everything that can be chosen, and what was. A native modal dialog: the browser holds the focus,
 * closes it on Esc, and gives the focus back.
 */
export function Preferences(props: { model: Model; onClose: (event: Event) => void }) {
  const { model, onClose } = props;
  const { config, draft, texts, decide } = model;
  const { documents, jurisdiction, purposes, summary } = config;
  return (
    <dialog part="preferences" aria-labelledby="preferences" ref={open} onClose={onClose}>
      <form part="head" method="dialog">
        <h2 part="title" id="preferences">
          {texts("preferences")}
        </h2>
        <button part="close" aria-label={texts("close")} />
      </form>
      <div part="body">
        <p part="lead">{summary.lead}</p>
        <p part="links">
          <Link href={documents.policy}>{texts("policy")}</Link>{" "}
          <Link href={documents.consent}>{texts("consent")}</Link>
        </p>
        <ul part="list">
          {purposes.map((purpose) => (
            <Purpose model={model} purpose={purpose} />
          ))}
        </ul>
        <Mine {...model} />
      </div>
      <div part="decide">
        {jurisdiction === "ru" && (
          <p part="consent">
            {texts.linked("bySaving", documents.consent, {
              accept: texts("accept"),
              save: texts("save"),
            })}
          </p>
        )}
        <div part="actions">
          <Button onClick={() => decide(everything(purposes, true), "preferences", "accept-all")}>
            {texts("accept")}
          </Button>
          <Button onClick={() => decide(everything(purposes, false), "preferences", "refuse-all")}>
            {texts("refuse")}
          </Button>
          <Button onClick={() => decide(draft, "preferences", "save")}>{texts("save")}</Button>
        </div>
      </div>
    </dialog>
  );
}
