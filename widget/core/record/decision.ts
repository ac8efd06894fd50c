/** From a choice to the record that proves it. Pure: everything it depends on is passed in. */
import type {
  ChoiceState,
  DecisionAction,
  DecisionBody,
} from "../../../gateway/contract/decision.ts";
import type { RecorderConfig } from "../../../gateway/contract/widget.ts";
import type { Intent } from "../core.ts";
import { grantsAny, type Choice, type Saved } from "../choice/saved.ts";

/** What surrounds a decision. */
export type Circumstances = Pick<
  DecisionBody,
  "id" | "config" | "time" | "language" | "viewport" | "page" | "gpc" | "jurisdiction"
>;

/** How it was decided. */
export type Manner = Pick<DecisionBody, "place" | "control" | "theme">;

/** A counter in a key: keys are ordered as text. The contract ends at a million. */
export const counterKey = (counter: number): string => String(counter).padStart(7, "0");

/**
 * Everything about what was shown is the intent's: another configuration may be at hand by now.
 *
 * The secret of the decision it follows is used on, so that a withdrawal reaches the subject that granted. A
 * refusal that keeps no id forgets the secret: what follows is a first decision of a new subject.
 * @returns the body to send, and what the browser remembers
 */
export function makeDecision(
  settings: RecorderConfig,
  { before, choice: wanted, manner, services: all, own, ...circumstances }: Intent,
): { body: DecisionBody; saved: Saved } {
  const { secret, counter } = wanted;
  const choice = wanted.choice ?? {};
  const granted = grantsAny(choice);
  const kept = granted ? !settings.unrecorded : settings.refusalId;
  const services = all.split(" ").filter(Boolean);

  const stateOf = (granted?: boolean): ChoiceState =>
    granted == null ? "not-asked" : granted ? "granted" : "denied";
  const named = (ids: string[]) => Object.fromEntries(ids.map((id) => [id, stateOf(choice[id])]));
  const body: DecisionBody = {
    v: 1,
    secret,
    counter,
    action: actionOf(before?.secret ? before : null, choice, granted, manner),
    ...manner,
    offered: offeredAt(manner.place),
    ...circumstances,
    purposes: named(Object.keys(choice).filter((id) => !services.includes(id))),
    services: named(services),
    documents:
      granted && (circumstances.jurisdiction?.profile ?? own ?? settings.jurisdiction) === "ru"
        ? ["consent"]
        : [],
  };
  return {
    body,
    saved: {
      secret: kept ? secret : "",
      counter: kept ? counter : 0,
      // Of the clock as it was: one that was ahead must not lengthen anything.
      time: circumstances.time,
      choice,
    },
  };
}

function actionOf(
  known: Saved | null,
  choice: Choice,
  granted: boolean,
  { control }: Manner,
): DecisionAction {
  if (!known) return "first";
  // It may be out of force on every subdomain by now.
  if (control === "withdraw") return control;
  if (!known.choice || JSON.stringify(known.choice) === JSON.stringify(choice)) return "renew";
  return granted || !grantsAny(known.choice) ? "change" : "withdraw";
}

/**
 * Side by side in both views; in the preferences the switches are the choosing. In the place of embedded
 * content there is its own consent, and the way to all others.
 */
function offeredAt(place: DecisionBody["place"]): DecisionBody["offered"] {
  if (place === "api" || place === "handover") return [];
  return place === "placeholder" ? ["choose"] : ["accept-all", "refuse-all", "choose"];
}
