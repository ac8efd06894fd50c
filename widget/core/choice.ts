/** What the visitor has chosen, wherever it is kept now, and what it grants. */
import type { TagConfig } from "../../gateway/contract/widget.ts";
import type { Asked } from "./asked.ts";
import type { Intent } from "./core.ts";
import { cookieText, decodeSaved, type Saved } from "./saved.ts";
import type { Store } from "./store.ts";

/** What the cookie says now. */
export const rememberedChoice = (config: TagConfig, asked: Asked): Saved | null =>
  decodeSaved(cookieText(config.cookie), config, asked, Date.now() / 1000);

/** The newest choice, of any tab, that waits to become cookie and record. */
export function waitingChoice({ revision }: TagConfig, store: Store): Intent | null {
  const intent = store.get(store.list("intent").at(-1) ?? "") as Intent | null;
  return intent?.revision === revision ? intent : null;
}

/**
 * A choice is honoured from the click on, whether or not it could be made cookie and record yet; but not
 * against a newer one that could.
 */
export function choiceInForce(remembered: Saved | null, waiting: Intent | null): Saved | null {
  if (!waiting) return remembered;
  const { before, time, choice } = waiting;
  const secret = before?.secret || waiting.secret;
  const counter = (before?.counter ?? 0) + 1;
  // Of one subject by the counter; a refusal may have kept no id, and an erasure begins anew.
  const newer =
    remembered?.secret === secret
      ? remembered.counter >= counter
      : remembered && remembered.time > time;
  return newer ? remembered : { secret, counter, time, choice };
}

/** Whether a purpose or service is granted, the page aside; essential ones always are. */
export function isGranted(
  { purposes, services }: TagConfig,
  saved: Saved | null,
  id: string,
): boolean {
  const service = services.find((each) => each.id === id);
  const purpose = service?.purpose ?? id;
  return (
    purposes.some((each) => each.id === purpose && each.essential) ||
    // Every object has a `constructor`.
    saved?.choice?.[service ? "services" : "purposes"][id] === true
  );
}
