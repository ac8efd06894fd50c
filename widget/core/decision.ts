/** From a choice to the record that proves it. Pure: everything it depends on is passed in. */
import type { ChoiceState, DecisionAction, DecisionBody } from "../../gateway/contract/decision.ts";
import type { RecorderConfig, TagConfig } from "../../gateway/contract/widget.ts";
import type { Choice, Manner } from "../ui/host.ts";
import type { Asked } from "./asked.ts";
import { grantsAny, type Saved } from "./saved.ts";

/** What surrounds a decision. */
export interface Circumstances extends Pick<
  DecisionBody,
  "id" | "config" | "time" | "language" | "viewport" | "page" | "gpc" | "jurisdiction"
> {
  /** For a subject that is new. */
  secret: string;
}

/** How it was decided, and what could have been. */
export type OfferedManner = Manner & Pick<DecisionBody, "offered">;

/** A counter in a key: keys are ordered as text. The contract ends at a million. */
export const counterKey = (counter: number): string => String(counter).padStart(7, "0");

/**
 * @param before the decision this one follows; its secret is used on, so that a withdrawal reaches
 *   the subject that granted. A refusal that keeps no id forgets the secret: what follows is a first
 *   decision of a new subject.
 * @returns the body to send, and what the browser remembers
 */
export function makeDecision(
  config: TagConfig & RecorderConfig,
  asked: Asked,
  before: Saved | null,
  wanted: Choice,
  manner: OfferedManner,
  { secret: fresh, ...circumstances }: Circumstances,
): { body: DecisionBody; saved: Saved } {
  const states = (ids: string[], from: Record<string, boolean>) =>
    Object.fromEntries(ids.map((id) => [id, from[id] === true]));
  const choice = {
    purposes: states(asked.purposes, wanted.purposes),
    services: states(asked.services, wanted.services),
  };
  const known = before?.secret ? before : null;
  const secret = known?.secret ?? fresh;
  const counter = (known?.counter ?? 0) + 1;
  const granted = grantsAny(choice);
  const kept = granted || config.refusalId;

  const stateOf = (granted?: boolean): ChoiceState =>
    granted == null ? "not-asked" : granted ? "granted" : "denied";
  const named = (ids: string[], from: Record<string, boolean>) =>
    Object.fromEntries(ids.map((id) => [id, stateOf(from[id])]));
  const body: DecisionBody = {
    v: 1,
    secret,
    counter,
    action: actionOf(known, choice, granted),
    ...manner,
    ...circumstances,
    purposes: named(asked.purposes, choice.purposes),
    services: named(
      config.services.map(({ id }) => id),
      choice.services,
    ),
    documents:
      granted && (circumstances.jurisdiction?.profile ?? config.jurisdiction) === "ru"
        ? ["consent"]
        : [],
  };
  return {
    body,
    saved: {
      secret: kept ? secret : "",
      counter: kept ? counter : 0,
      time: circumstances.time,
      choice,
    },
  };
}

function actionOf(known: Saved | null, choice: Choice, granted: boolean): DecisionAction {
  if (!known) return "first";
  if (!known.choice || JSON.stringify(known.choice) === JSON.stringify(choice)) return "renew";
  return granted || !grantsAny(known.choice) ? "change" : "withdraw";
}
