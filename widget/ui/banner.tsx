import { Button } from "./button.tsx";
import { everything } from "./choice.ts";
import type { Model } from "./model.ts";
import { Link } from "./texts.tsx";

/** Into the top layer where there is one: no ancestor's transform, overflow or z-index can move or cover it. */
function raise(element: HTMLElement | null): void {
  element?.showPopover?.();
}

/** The first question. A labelled region that neither takes nor holds the focus. */
export function Banner({ config, texts, decide, openPreferences }: Model) {
  const { controller, documents, jurisdiction, look, purposes, summary } = config;
  return (
    <section
      part={`banner ${look.placement}`}
      role="region"
      aria-labelledby="title"
      popover="manual"
      ref={raise}
    >
      <div part="body">
        <p part="controller">{controller.name}</p>
        <h2 part="title" id="title">
          {texts("title")}
        </h2>
        <p part="lead">{summary.lead}</p>
        <details part="points">
          <summary part="summary">{texts("points")}</summary>
          <ul part="list">
            {summary.points.map(({ topic, text, href }) => (
              <li part="point">
                <Link href={href}>{texts(topic)}</Link>
                <p part="text">{text}</p>
              </li>
            ))}
          </ul>
        </details>
        <p part="links">
          <Link href={documents.policy}>{texts("policy")}</Link>{" "}
          <Link href={documents.consent}>{texts("consent")}</Link>
        </p>
      </div>
      <div part="decide">
        {jurisdiction === "ru" && (
          <p part="consent">
            {texts.linked("byAccepting", documents.consent, { accept: texts("accept") })}
          </p>
        )}
        <div part="actions">
          <Button onClick={() => decide(everything(purposes, true), "banner", "accept-all")}>
            {texts("accept")}
          </Button>
          <Button onClick={() => decide(everything(purposes, false), "banner", "refuse-all")}>
            {texts("refuse")}
          </Button>
          <Button onClick={openPreferences}>{texts("choose")}</Button>
        </div>
      </div>
    </section>
  );
}
