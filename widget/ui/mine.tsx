import { Button } from "./button.tsx";
import { everything, grantsAnything } from "./choice.ts";
import { leftBehind } from "./left-behind.ts";
import type { Model } from "./model.ts";
import { Link } from "./texts.tsx";

/** "My choices": the number to quote, withdrawal in one click, and every decision with its receipt. */
export function Mine({ config, consentId, copied, copyConsentId, decide, host, texts }: Model) {
  const history = host.history();
  const current = host.current();
  const left = leftBehind(config.purposes, history, current, host.leftBehind());
  if (!current && !history.length && !left.length) return null;
  const names = new Map(
    config.purposes
      .flatMap((purpose) => [purpose, ...purpose.services])
      .map(({ id, name }) => [id, name]),
  );
  return (
    <section part="mine" aria-labelledby="mine">
      <h3 part="subtitle" id="mine">
        {texts("mine")}
      </h3>
      {left.length > 0 && (
        <p part="left-behind">{texts("leftBehind", { list: texts.list(left) })}</p>
      )}
      {grantsAnything(current) && (
        <div part="actions">
          <Button
            onClick={() => decide(everything(config.purposes, false), "preferences", "withdraw")}
          >
            {texts("withdraw")}
          </Button>
        </div>
      )}
      {consentId && (
        <>
          <p part="row">
            <span>
              {texts("consentId")} <code part="entry">{consentId}</code>
            </span>
            <button part="quiet" type="button" onClick={copyConsentId}>
              {texts("copy")}
            </button>
            <span part="text" role="status">
              {copied && texts("copied")}
            </span>
          </p>
          <p part="text">{texts("consentIdUse", { contact: config.controller.contact })}</p>
        </>
      )}
      <ol part="list">
        {[...history].reverse().map(({ recordId, time, granted, state }) => (
          <li part="decision">
            <time dateTime={new Date(time * 1000).toISOString()}>{texts.time(time)}</time>
            <p part="text">
              {granted.length
                ? texts("granted", { list: texts.list(granted.map((id) => names.get(id) ?? id)) })
                : texts("nothing")}
            </p>
            <p part="text">
              {state === "sent" ? (
                <Link href={host.receiptUrl(recordId)}>{texts("receipt")}</Link>
              ) : (
                texts("waiting")
              )}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
