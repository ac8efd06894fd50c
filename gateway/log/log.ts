/**
 * The consent log as the rest of the gateway sees it: append a decision, append a configuration,
 * read what is in force. How a record becomes a leaf is docs/log-format.md.
 */
import type { DeviceClass } from "../contract/agent.ts";
import type { ChoiceState, DecisionBody } from "../contract/decision.ts";

/** What the gateway itself observed of the request, already coarse: no address, no user agent. */
export interface Observed {
  /** Milliseconds of the gateway's clock at reception. */
  receivedAt: number;
  /** The request's Origin header, checked against the site's list. */
  origin: string;
  browser: string;
  device: DeviceClass;
  country: string | null;
}

/** A decision as it is recorded; `null` for what nobody can know of a page without scripts. */
export type RecordedBody = Omit<DecisionBody, "theme" | "viewport"> & {
  theme: DecisionBody["theme"] | null;
  viewport: DecisionBody["viewport"] | null;
};

export interface DecisionInput {
  site: string;
  body: RecordedBody;
  /** SHA-256 of the request body as received: the idempotence check. */
  bodyHash: Uint8Array;
  observed: Observed;
  /** Days the decision is valid, from the named configuration. */
  validDays: number;
}

/** Where a record stands. */
export interface Position {
  /** Row id of the log. */
  log: number;
  /** Its public name, `<log name>/<year>`. */
  origin: string;
  index: number;
}

export interface Appended extends Position {
  recordId: string;
  /** Leaf time, unix seconds. */
  time: number;
  /** Subject reference, 16 bytes. */
  subject: Uint8Array;
  /** False when the same record was already there. */
  fresh: boolean;
  /** True when it is the only record of its subject, and therefore the decision in force. */
  only: boolean;
}

/** The decision of a subject that counts now: highest counter, at equal counters the refusal. */
export interface InForce extends Position {
  subject: Uint8Array;
  recordId: string;
  counter: number;
  config: string;
  /** Unix seconds, by the earlier of browser's and gateway's clock. */
  decidedAt: number;
  /** Unix seconds; after it the decision counts as absent. */
  validUntil: number;
  purposes: Record<string, ChoiceState>;
  services: Record<string, ChoiceState>;
}

/** The public, unsalted statement of a `config` entry. */
export interface ConfigStatement {
  v: 1;
  site: string;
  version: string;
  build: string;
  configuration: string;
  policy: string;
  consent: string;
  texts: string;
  revision: string;
  /** Unix seconds from which this configuration counts. */
  effective: number;
}

export type LogErrorCode = "record_conflict" | "record_erased" | "overloaded" | "read_only";

/** Closed union of what an append can be refused for. */
export class LogError extends Error {
  readonly code: LogErrorCode;
  constructor(code: LogErrorCode) {
    super(code);
    this.name = "LogError";
    this.code = code;
  }
}

export interface ConsentLog {
  /**
   * Records a decision durably; resolves after the commit that holds it.
   * @throws {LogError} `record_conflict`: the id exists with another body; `record_erased`: the
   *   record was erased; `overloaded`: too many appends are waiting to be committed or integrated;
   *   `read_only`: the log must not be signed as it is, so nothing is added to it.
   */
  append(input: DecisionInput): Promise<Appended>;
  /** Logs a configuration, once per statement; resolves with its hash after the commit. */
  appendConfig(statement: ConfigStatement): Promise<{ hash: string } & Position>;
  /** The decision in force of each subject reference (key: hex), absent for unknown or erased ones. */
  inForce(subjects: Uint8Array[]): Promise<Map<string, InForce>>;
  /**
   * Whether a service was granted without a break from a moment up to the decision in force.
   * @param relied where the decision stands that an event relied on
   * @param moment Unix seconds: when it happened
   */
  grantedSince(
    subject: Uint8Array,
    relied: Pick<Position, "log" | "index">,
    service: string,
    moment: number,
  ): Promise<boolean>;
  /** The subject reference behind a secret, or null when there is none (never decided, or erased). */
  subjectOf(site: string, secret: string): Promise<Uint8Array | null>;
  /** Ends the group commit after what is waiting; later appends are refused as `overloaded`. */
  close(): Promise<void>;
}
