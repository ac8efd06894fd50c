/**
 * Has the logs witnessed: what was signed is shown to each witness soon after, in the background. Nothing
 * waits for it; a witness that is away is asked again with growing pauses.
 */
import type { Clock } from "../../clock.ts";
import type { WitnessSettings } from "../../contract/witnesses.ts";
import type { Logger } from "../../logger.ts";
import type { Storage } from "../../storage/storage.ts";
import type { PastTrees } from "../past-trees.ts";
import type { Published } from "../published.ts";
import type { AskWitness } from "./client.ts";
import { parseWitnessKey, type WitnessKey } from "./cosignature.ts";
import { submit, type Outcome } from "./submission.ts";
import { openViews, type WitnessView } from "./views.ts";

export interface Witnesses {
  /**
   * Asks every witness about every log that goes on, now, whether anything is due or not, so that a database that is
   * older than what they saw is found out before anything is signed. Takes at most 3 s.
   */
  look(): Promise<void>;
  /** Begins to work; returns at once. One runs in every gateway process. */
  start(): void;
  /** Submits what is due now. */
  run(): Promise<void>;
  stop(): Promise<void>;
}

export interface WitnessesDeps {
  storage: Pick<Storage, "main">;
  published: Pick<Published, "byId" | "newest">;
  past: PastTrees;
  clock: Clock;
  logger: Logger;
  witnesses: WitnessSettings[];
  ask: AskWitness;
  /** In [0, 1). */
  random?: () => number;
}

interface Reached extends Omit<WitnessSettings, "key"> {
  key: WitnessKey;
}

/** Milliseconds. */
const timing = {
  /** Between two cosignatures of one log by one witness. */
  pause: 5000,
  overtaken: 500,
  /** For a whole turn with a witness; another gateway takes it over when it took this long. */
  turn: 15_000,
  request: 10_000,
  look: 3000,
  firstRetry: 5000,
  lastRetry: 10 * 60_000,
  /** From one round to the next when nothing wakes it. */
  round: 2000,
};

/** Turns with one witness at once. */
const together = 8;

export function openWitnesses(deps: WitnessesDeps): Witnesses {
  const { clock, logger, random = Math.random } = deps;
  const views = openViews(deps.storage.main);
  const witnesses = deps.witnesses.map((each) => ({ ...each, key: parseWitnessKey(each.key)! }));
  /** Said once until it changes: `<witness> <log>` → what. */
  const said = new Map<string, string>();
  let stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let started = false;

  /** What came of a turn, in the view of the witness. */
  function settled(view: WitnessView, outcome: Outcome): WitnessView {
    const now = clock.now();
    if (outcome.kind === "cosigned")
      return {
        ...view,
        size: outcome.size,
        dueAt: now + timing.pause,
        failures: 0,
        conflict: null,
      };
    if (outcome.kind === "overtaken")
      return { ...view, size: outcome.size, dueAt: now + timing.overtaken, failures: 0 };
    const failures = view.failures + 1;
    const bound = Math.min(timing.lastRetry, timing.firstRetry * 2 ** Math.min(failures - 1, 20));
    const dueAt = now + Math.ceil(bound * (0.5 + random() / 2));
    const conflict = outcome.kind === "conflict" ? outcome.size : view.conflict;
    return { ...view, dueAt, failures, conflict };
  }

  function tell({ key }: Reached, view: WitnessView, outcome: Outcome): void {
    const about = { witness: key.name, log: view.origin };
    const place = `${key.text} ${view.log}`;
    if (said.get(place) === outcome.kind) return;
    const before = said.get(place);
    said.set(place, outcome.kind);
    switch (outcome.kind) {
      case "cosigned":
        if (before !== undefined && before !== "cosigned")
          logger.info(about, "the witness cosigns the log from here on");
        return;
      case "conflict":
        return logger.error(about, contradiction(outcome.size));
      case "unknown":
        return logger.warn(
          about,
          "the witness does not know this log or its key: give its operator the verifierKey of the log's log.json",
        );
      case "away":
        return logger.warn(
          { ...about, status: outcome.status },
          "the witness is out of reach or does not answer as one; it is asked again",
        );
      case "unpublished":
      case "overtaken":
        return;
    }
  }

  async function turn(witness: Reached, view: WitnessView, signal: AbortSignal): Promise<void> {
    const { text } = witness.key;
    if (!(await views.claim(text, view, clock.now() + timing.turn))) return;
    const { signedSize } = views;
    const believed = { log: view.log, believed: view.size };
    const outcome = await submit({ ...deps, signedSize }, witness, believed, signal);
    if (outcome.kind === "cosigned")
      await views.keep(text, view.log, outcome.size, outcome.cosignature);
    await views.settle(text, settled(view, outcome));
    tell(witness, view, outcome);
  }

  /** Takes turns with one witness. @param isDue which logs to show it. */
  async function visit(
    witness: Reached,
    isDue: (view: WitnessView) => boolean,
    limit: () => AbortSignal,
  ): Promise<void> {
    const due = (await views.list(witness.key.text)).filter(isDue);
    const next = due.values();
    const lanes = Array.from({ length: Math.min(together, due.length) }, async () => {
      for (const view of next) {
        const signal = limit();
        if (signal.aborted) return;
        await turn(witness, view, signal);
      }
    });
    await Promise.all(lanes);
  }

  async function visitAll(
    isDue: (view: WitnessView) => boolean,
    limit: () => AbortSignal,
  ): Promise<void> {
    // Each for itself: one that hangs holds up no other.
    const visits = await Promise.allSettled(witnesses.map((each) => visit(each, isDue, limit)));
    for (const each of visits)
      if (each.status === "rejected")
        logger.error({}, "witnesses could not be asked; it is tried again", each.reason);
  }

  function run(): Promise<void> {
    const now = clock.now();
    const limit = () => AbortSignal.any([stopping.signal, AbortSignal.timeout(timing.request)]);
    const isDue = ({ dueAt, size, signed, conflict }: WitnessView) =>
      dueAt <= now && (size !== signed || conflict !== null);
    running = running.then(() => visitAll(isDue, limit));
    return running;
  }

  function arm(milliseconds: number): void {
    clearTimeout(timer);
    if (started) timer = setTimeout(() => void run().then(() => arm(timing.round)), milliseconds);
  }

  return {
    async look() {
      const limit = AbortSignal.timeout(timing.look);
      await visitAll(
        ({ isClosed }) => !isClosed,
        () => limit,
      );
    },
    start() {
      if (witnesses.length === 0) return;
      started = true;
      stopping = new AbortController();
      arm(0);
    },
    run,
    async stop() {
      started = false;
      clearTimeout(timer);
      stopping.abort();
      await running;
    },
  };
}

/** What a witness's view of a log means that contradicts the database. */
export function contradiction(size: number): string {
  return `a witness has cosigned ${size} entries of this log that are not, or not like this, in the database`;
}
