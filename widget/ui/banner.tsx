import { Button } from "./button.tsx";
import { uncoverFocus } from "./focus.ts";
import { Foot } from "./foot.tsx";
import { Lead } from "./lead.tsx";
import { h } from "./jsx.ts";
import type { Model } from "./model.ts";

/**
 * Into the top layer where there is one: no transform, overflow or z-index of the page can move or cover it.
 * @returns what ends with the banner
 */
function raise(banner: HTMLElement): () => void {
  banner.showPopover?.();
  return uncoverFocus(banner);
}

/** The first question. A labelled region that neither takes nor holds the focus. */
export function Banner(model: Model) {
  const { config, strings, show } = model;
  return (
    <section
      part={`banner ${config.look.placement}`}
      aria-labelledby="title"
      popover="manual"
      ref={raise}
    >
      <div part="body">
        <p part="controller">{config.controller.name}</p>
        <h2 id="title">{strings.title}</h2>
        <Lead {...model} />
      </div>
      <Foot model={model} place="banner" consent={strings.byAccepting}>
        <Button onClick={() => show("preferences")}>{strings.choose}</Button>
      </Foot>
    </section>
  );
}
