/**
 * Group commit: what arrives close together shares one durable transaction, and each is answered after it.
 * While one batch is being committed the next collects, so under load nothing ever waits for a timer.
 */
import { LogError } from "../log.ts";

/** What became of one item of a batch. */
export type Outcome<Result> = { value: Result } | { error: unknown };

export interface GroupCommitOptions<Item, Result> {
  /** Commits a batch; one outcome per item, in order. */
  commit(items: Item[]): Promise<Outcome<Result>[]>;
  maxItems: number;
  /** Milliseconds an item waits for company at most, while nothing is being committed. */
  maxWait: number;
  /** Items that may wait for their batch; further ones are refused. */
  maxWaiting: number;
}

export interface GroupCommit<Item, Result> {
  /** @throws {LogError} `overloaded`, or the item's own error. */
  add(item: Item): Promise<Result>;
  /** Commits what waits, then refuses. */
  close(): Promise<void>;
}

interface Waiting<Item, Result> {
  item: Item;
  since: number;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

export function groupCommit<Item, Result>(
  options: GroupCommitOptions<Item, Result>,
): GroupCommit<Item, Result> {
  const { commit, maxItems, maxWait, maxWaiting } = options;
  let waiting: Waiting<Item, Result>[] = [];
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let closing = false;
  /** As many as came last time are expected again: a lone visitor is never made to wait. */
  let expected = 1;

  function consider(): void {
    const oldest = waiting[0];
    if (running || !oldest) return;
    if (closing || waiting.length >= expected) return start();
    timer ??= setTimeout(start, Math.max(0, maxWait - (performance.now() - oldest.since)));
  }

  function start(): void {
    clearTimeout(timer);
    timer = undefined;
    if (running) return;
    running = run().finally(() => {
      running = undefined;
      consider();
    });
  }

  async function run(): Promise<void> {
    // Everything that is ready in this turn of the event loop joins.
    await new Promise<void>((resolve) => setImmediate(resolve));
    const batch = waiting.slice(0, maxItems);
    waiting = waiting.slice(maxItems);
    expected = batch.length;
    try {
      const outcomes = await commit(batch.map(({ item }) => item));
      batch.forEach(({ resolve, reject }, i) => {
        const outcome = outcomes[i];
        if (outcome && "value" in outcome) resolve(outcome.value);
        else reject(outcome?.error);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  async function drain(): Promise<void> {
    if (!running) return;
    await running;
    await drain();
  }

  return {
    add(item) {
      if (closing || waiting.length >= maxWaiting)
        return Promise.reject(new LogError("overloaded"));
      return new Promise((resolve, reject) => {
        waiting.push({ item, since: performance.now(), resolve, reject });
        consider();
      });
    },
    close() {
      closing = true;
      consider();
      return drain();
    },
  };
}
