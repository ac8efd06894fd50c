import { Button } from "./button.tsx";
import { everything } from "./choice.ts";
import { Erasing } from "./erasing.tsx";
import { Link } from "./link.tsx";
import type { Model } from "./model.ts";
import { fill, moment } from "./texts.ts";

/** "My choices": withdrawal in one click, the number to quote, and every decision with its receipt. */
export function Mine(model: Model) {
  const { config, consentId, copied, decide, host, set, strings } = model;
  const { controller, language, purposes } = config;
  const current = host.current();
  const history = host.history();
  const newestFirst = history.map((_, back) => history.at(-1 - back)!);
  const names: Record<string, string> = {};
  for (const purpose of purposes) {
    for (const { id, name } of [purpose, ...purpose.services]) names[id] = name;
  }
  const copy = () =>
    void navigator.clipboard?.writeText(consentId ?? "").then(() => set({ copied: true }));

  return (
    <section part="mine" aria-labelledby="mine" hidden={!current && !history.length}>
      <h3 id="mine">{strings.mine}</h3>
      {current && Object.values(current.purposes).includes(true) && (
        <div part="actions">
          <Button onClick={() => decide(everything(purposes, false), "preferences", "withdraw")}>
            {strings.withdraw}
          </Button>
        </div>
      )}
      {consentId && (
        <>
          <p>
            {strings.consentId} <code part="id">{consentId}</code>{" "}
            <button part="copy" aria-live="polite" onClick={copy}>
              {copied ? strings.copied : strings.copy}
            </button>
          </p>
          <p>{fill(strings.consentIdUse, controller)}</p>
        </>
      )}
      <ul>
        {newestFirst.map(({ recordId, time, granted, state }) => (
          <li part="decision">
            {moment(language, time)}
            <p>
              {granted.length
                ? fill(strings.granted, {
                    list: granted.map((id) => names[id] ?? id).join(strings.comma),
                  })
                : strings.nothing}
            </p>
            {state === "sent" ? (
              <Link href={host.receiptUrl(recordId)}>{strings.receipt}</Link>
            ) : (
              strings.waiting
            )}
          </li>
        ))}
      </ul>
      {host.erasable() && <Erasing {...model} />}
    </section>
  );
}
