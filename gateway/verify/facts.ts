/**
 * What an opened record says, picked out of the JSON that the log committed to. The commitment shows that
 * the log holds these words; their form is still a stranger's, so each is taken only if it is what it
 * should be, and left out otherwise.
 */
import { jsonFields, shownText } from "./json.ts";
import type { Receipt } from "./receipt.ts";

export type ChoiceState = "granted" | "denied" | "not-asked";

export interface DecisionFacts {
  /** What the visitor did: `first`, `change`, `withdraw`, `renew`, `signal`. */
  action: string | null;
  /** Unix seconds: the browser's clock at the decision, the gateway's at reception, the end of validity. */
  time: number | null;
  received: number | null;
  until: number | null;
  language: string | null;
  /** Web origin of the site. */
  origin: string | null;
  /** Hash of the configuration that was shown. */
  config: string | null;
  purposes: Choices;
  services: Choices;
}

/** Ids by their state. */
export type Choices = Record<ChoiceState, string[]>;

export interface SubjectFacts {
  consentId: string | null;
  page: string | null;
  /** Record id of the same visitor's previous decision. */
  previous: string | null;
}

/** Null when the receipt does not open the decision half. */
export function decisionFacts({ decision }: Receipt): DecisionFacts | null {
  if (decision === null) return null;
  const fields = jsonFields(decision) ?? {};
  return {
    action: shownText(fields["action"]),
    time: unixSeconds(fields["time"]),
    received: unixSeconds(fields["received"]),
    until: unixSeconds(fields["until"]),
    language: shownText(fields["language"]),
    origin: shownText(fields["origin"]),
    config: shownText(fields["config"]),
    purposes: choices(fields["purposes"]),
    services: choices(fields["services"]),
  };
}

/** Null when the receipt does not open the subject half. */
export function subjectFacts({ subject }: Receipt): SubjectFacts | null {
  if (subject === null) return null;
  const fields = jsonFields(subject) ?? {};
  return {
    consentId: consentId(shownText(fields["consentId"])),
    page: shownText(fields["page"]),
    previous: shownText(fields["previous"]),
  };
}

/** In groups of four, as people see it everywhere else: 9MMD-BF83-GPSD-QJHG. */
function consentId(id: string | null): string | null {
  return id === null || !/^[0-9A-Z]{16}$/.test(id) ? id : id.match(/.{4}/g)!.join("-");
}

/** 2026-01-01 00:00:00 UTC */
export function utcTime(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** Up to the year 9999, which every date can show. */
function unixSeconds(value: unknown): number | null {
  return typeof value === "number" && value >= 0 && value <= 253_402_300_799 ? value : null;
}

function choices(value: unknown): Choices {
  const sorted: Choices = { granted: [], denied: [], "not-asked": [] };
  const entries: [string, unknown][] = Object.entries(Object(value) as object);
  for (const [id, state] of entries.slice(0, 200))
    if (
      shownText(id) !== null &&
      (state === "granted" || state === "denied" || state === "not-asked")
    )
      sorted[state].push(id);
  return sorted;
}
