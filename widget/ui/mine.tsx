import type { MineStrings } from "../locales/strings.ts";
import { Button } from "./button.tsx";
import { everything } from "./choice.ts";
import { Erasing, type ErasingStage } from "./erasing.tsx";
import type { Mine, OwnRecord } from "./host.ts";
import { h } from "./jsx.ts";
import { leftBehind } from "./left-behind.ts";
import { Link } from "./link.tsx";
import type { Model } from "./model.ts";
import { fill, moment } from "./texts.ts";

/** "My choices": withdrawal in one click, the number to quote, and every decision with its receipt. */
export function createMine(own: OwnRecord, strings: MineStrings): Mine {
  /** Null where this browser has none, and until it is known. */
  let consentId: string | null = null;
  /** Whether the consent id has just been copied. */
  let copied = false;
  let erasing: ErasingStage = "";

  async function refresh({ set }: Model): Promise<void> {
    own.onSent(() => set({}));
    copied = false;
    erasing = "";
    consentId = await own.consentId();
    set({});
  }

  function View(model: Model) {
    const { config, decide, host, set } = model;
    const { controller, language, purposes } = config;
    const current = host.current();
    const history = own.history();
    const newestFirst = history.map((_, back) => history.at(-1 - back)!);
    const names: Record<string, string> = {};
    for (const purpose of purposes) {
      for (const { id, name } of [purpose, ...purpose.services]) names[id] = name;
    }
    const copy = async () => {
      await navigator.clipboard?.writeText(consentId ?? "");
      copied = true;
      set({});
    };
    const turn = (stage: ErasingStage) => {
      erasing = stage;
      set({});
    };
    const erase = async () => {
      // What is said already would not be said again.
      turn("sure");
      if (await own.erase()) model.refresh();
      else turn("failed");
    };

    return (
      <section part="mine" aria-labelledby="mine" hidden={!current && !history.length}>
        <h3 id="mine">{strings.mine}</h3>
        {current && Object.values(current).includes(true) && (
          <div part="actions">
            <Button onClick={() => decide(everything(purposes, false), "preferences", "withdraw")}>
              {strings.withdraw}
            </Button>
          </div>
        )}
        {consentId && (
          <p>
            {strings.consentId} <code part="id">{consentId}</code>{" "}
            <button part="copy" aria-live="polite" onclick={copy}>
              {copied ? strings.copied : strings.copy}
            </button>
          </p>
        )}
        {consentId && <p>{fill(strings.consentIdUse, controller)}</p>}
        {strings.unrecorded && <p>{strings.unrecorded}</p>}
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
                <Link href={own.receiptUrl(recordId)}>{strings.receipt}</Link>
              ) : (
                strings.waiting
              )}
            </li>
          ))}
        </ul>
        {own.erasable() && <Erasing {...{ controller, erase, stage: erasing, strings, turn }} />}
      </section>
    );
  }

  return {
    View,
    refresh,
    left({ config, host }) {
      const names = leftBehind(config.purposes, own, host.current());
      return names[0] ? fill(strings.leftBehind, { list: names.join(strings.comma) }) : "";
    },
  };
}
