/**
 * The decision half of a record: what was decided, shown and observed, without anything that says who.
 * What follows from the named configuration (recipients, bases, texts, policy, widget build) is resolved
 * when it is read.
 *
 * What differs from record to record is written first and the rest after it, so that the rest, the longer
 * part, is one that many records share and is stored once. The half is the two, one after the other.
 */
import type {
  AppliedProfile,
  ChoiceState,
  DecisionAction,
  DecisionBody,
  DecisionControl,
  DecisionPlace,
  OfferedControl,
} from "../contract/decision.ts";
import type { DecisionInput, Observed, RecordedBody } from "./log.ts";

/** In the order in which it is written. docs/log-format.md explains every field. */
export interface DecisionHalf {
  v: 1;
  id: string;
  counter: number;
  /** The browser's clock, unix seconds. */
  time: number;
  /** The gateway's clock at reception, unix seconds. */
  received: number;
  /** Unix seconds; the decision counts before it. */
  until: number;
  // Here the tail begins.
  late: boolean;
  action: DecisionAction;
  place: DecisionPlace;
  control: DecisionControl;
  offered: OfferedControl[];
  config: string;
  language: string;
  theme: RecordedBody["theme"];
  viewport: RecordedBody["viewport"];
  purposes: Record<string, ChoiceState>;
  services: Record<string, ChoiceState>;
  documents: DecisionBody["documents"];
  origin: string;
  browser: string;
  device: Observed["device"];
  country: string | null;
  gpc: boolean;
  /** Absent on a site with one profile. */
  jurisdiction?: AppliedProfile;
}

/** Seconds between decision and reception above which a record is flagged as late. */
const lateAfter = 300;

const day = 86_400;

/** What differs from record to record. */
type DecisionHead = Pick<DecisionHalf, "v" | "id" | "counter" | "time" | "received" | "until">;

/** What many records share. */
export type DecisionTail = Omit<DecisionHalf, keyof DecisionHead>;

/** A decision half in its two parts. */
export interface EncodedDecision {
  head: string;
  tail: string;
}

/** The exact text that is committed to, JSON without spaces, cut in two. */
export function encodeDecision(input: DecisionInput): EncodedDecision {
  const { body, observed } = input;
  const received = Math.floor(observed.receivedAt / 1000);
  const head: DecisionHead = {
    v: 1,
    id: body.id,
    counter: body.counter,
    time: body.time,
    received,
    until: validUntil(input),
  };
  const tail: DecisionTail = {
    late: received - body.time > lateAfter,
    action: body.action,
    place: body.place,
    control: body.control,
    offered: body.offered,
    config: body.config,
    language: body.language,
    theme: body.theme,
    viewport: body.viewport,
    purposes: sorted(body.purposes),
    services: sorted(body.services),
    documents: body.documents,
    origin: observed.origin,
    browser: observed.browser,
    device: observed.device,
    country: observed.country,
    gpc: body.gpc,
    ...(body.jurisdiction && {
      jurisdiction: { profile: body.jurisdiction.profile, by: body.jurisdiction.by },
    }),
  };
  return {
    head: JSON.stringify(head).slice(0, -1),
    tail: `,${JSON.stringify(tail).slice(1)}`,
  };
}

/** The exact bytes committed to, from their stored parts. */
export function joinDecision(stored: { head: Uint8Array; tail: Uint8Array }): Buffer {
  return Buffer.concat([stored.head, stored.tail]);
}

/** @param bytes a whole decision half. */
export function decodeDecision(bytes: Uint8Array): DecisionHalf {
  return JSON.parse(Buffer.from(bytes).toString("utf8"));
}

/** @param text of a decision half up to the comma. */
export function decodeHead(text: string): DecisionHead {
  return JSON.parse(`${text}}`);
}

/** @param text of a decision half from the comma on. */
export function decodeTail(text: string): DecisionTail {
  return JSON.parse(`{${text.slice(1)}`);
}

/** How many purposes and services a decision grants: of two at one counter, the one granting less counts. */
export function grants(half: Pick<DecisionHalf, "purposes" | "services">): number {
  const states = [...Object.values(half.purposes), ...Object.values(half.services)];
  return states.filter((state) => state === "granted").length;
}

function sorted(choices: Record<string, ChoiceState>): Record<string, ChoiceState> {
  return Object.fromEntries(Object.entries(choices).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Unix seconds before which a decision counts: from the earlier clock, so that neither a browser that
 * runs ahead nor a late delivery lengthens a consent.
 */
export function validUntil({ body, observed, validDays }: DecisionInput): number {
  return Math.min(body.time, Math.floor(observed.receivedAt / 1000)) + validDays * day;
}
