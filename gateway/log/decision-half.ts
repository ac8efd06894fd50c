/**
 * The decision half of a record: what was decided, shown and observed, without anything that says who.
 * What follows from the named configuration (recipients, bases, texts, policy, widget build) is resolved
 * when it is read.
 */
import type {
  ChoiceState,
  DecisionAction,
  DecisionBody,
  DecisionControl,
  DecisionPlace,
  OfferedControl,
} from "../contract/decision.ts";
import type { DecisionInput, Observed } from "./log.ts";

/** In the order in which it is written. docs/log-format.md explains every field. */
export interface DecisionHalf {
  v: 1;
  id: string;
  counter: number;
  action: DecisionAction;
  place: DecisionPlace;
  control: DecisionControl;
  offered: OfferedControl[];
  /** The browser's clock, unix seconds. */
  time: number;
  /** The gateway's clock at reception, unix seconds. */
  received: number;
  late: boolean;
  /** Unix seconds; the decision counts before it. */
  until: number;
  config: string;
  language: string;
  theme: DecisionBody["theme"];
  viewport: DecisionBody["viewport"];
  purposes: Record<string, ChoiceState>;
  services: Record<string, ChoiceState>;
  documents: DecisionBody["documents"];
  origin: string;
  browser: string;
  device: Observed["device"];
  country: string | null;
  gpc: boolean;
}

/** Seconds between decision and reception above which a record is flagged as late. */
export const lateAfter = 300;

const day = 86_400;

/** The exact bytes that are stored and committed to. */
export function encodeDecision({ body, observed, validDays }: DecisionInput): Buffer {
  const received = Math.floor(observed.receivedAt / 1000);
  const half: DecisionHalf = {
    v: 1,
    id: body.id,
    counter: body.counter,
    action: body.action,
    place: body.place,
    control: body.control,
    offered: body.offered,
    time: body.time,
    received,
    late: received - body.time > lateAfter,
    // From the earlier clock: neither a browser that runs ahead nor a late delivery lengthens a consent.
    until: Math.min(body.time, received) + validDays * day,
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
  };
  return Buffer.from(JSON.stringify(half));
}

/** @param bytes as stored by this module. */
export function decodeDecision(bytes: Uint8Array): DecisionHalf {
  return JSON.parse(Buffer.from(bytes).toString("utf8"));
}

/** How many purposes and services a decision grants: of two at one counter, the one granting less counts. */
export function grants(half: Pick<DecisionHalf, "purposes" | "services">): number {
  const states = [...Object.values(half.purposes), ...Object.values(half.services)];
  return states.filter((state) => state === "granted").length;
}

function sorted(choices: Record<string, ChoiceState>): Record<string, ChoiceState> {
  return Object.fromEntries(Object.entries(choices).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
