/**
 * The withdrawal that comes before an erasure: a decision of the gateway's own for whoever asked, so that the
 * log shows when the consent ended. It is a record like any other, and erased with the rest.
 */
import { randomBytes } from "node:crypto";
import type { ChoiceState } from "../../contract/decision.ts";
import type { DecisionHalf } from "../decision-half.ts";
import type { DecisionInput } from "../log.ts";

/** What stands for a browser in a decision that none has sent. */
const itself = "Soglas";

export interface WithdrawalContext {
  site: string;
  /** Unix milliseconds. */
  now: number;
  /** Days a refusal is valid, from the configuration that `standing` names. */
  validDays: number;
}

/**
 * @param standing the decision in force: texts, language and surroundings are taken from it, since
 *   nothing was shown again.
 */
export function withdrawalOf(
  standing: DecisionHalf,
  { site, now, validDays }: WithdrawalContext,
): DecisionInput {
  const { config, language, theme, viewport, origin, device, country, gpc } = standing;
  return {
    site,
    body: {
      v: 1,
      id: randomBytes(16).toString("base64url"),
      // The gateway knows no secret; the subject is found by its reference.
      secret: "",
      counter: standing.counter + 1,
      time: Math.floor(now / 1000),
      action: "withdraw",
      place: "api",
      control: "withdraw",
      offered: [],
      config,
      language,
      theme,
      viewport,
      purposes: takenBack(standing.purposes),
      services: takenBack(standing.services),
      documents: [],
      page: "/",
      gpc,
    },
    // Nobody can send this record again: its id was made here and is told to nobody.
    bodyHash: new Uint8Array(),
    observed: { receivedAt: now, origin, browser: itself, device, country },
    validDays,
  };
}

function takenBack(states: Record<string, ChoiceState>): Record<string, ChoiceState> {
  return Object.fromEntries(
    Object.entries(states).map(([id, state]) => [id, state === "granted" ? "denied" : state]),
  );
}
