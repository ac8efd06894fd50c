/** When indexing runs: a moment after something was appended, and every second in any case. */
import type { Backlog } from "../../log/backlog.ts";
import type { Logger } from "../../logger.ts";
import type { Storage } from "../../storage/storage.ts";
import { indexStep, unindexedLogs } from "./indexing.ts";
import { openKinds } from "./kinds.ts";

export interface Indexer {
  /** Begins to work; returns at once. One runs in every gateway process. */
  start(): void;
  /** Indexes everything that has its place in a log now. */
  index(): Promise<void>;
  /** Ends after the step under way; what is left waits for the next start. */
  stop(): Promise<void>;
}

export interface IndexerDeps {
  storage: Pick<Storage, "main">;
  backlog: Pick<Backlog, "onAppended">;
  logger: Logger;
}

/** Milliseconds. */
const timing = {
  /** Other gateways append too. */
  longest: 1000,
  /** From an append to its indexing, so that its neighbours join. */
  settle: 150,
};

export function createIndexer({ storage, backlog, logger }: IndexerDeps): Indexer {
  const { main } = storage;
  const kinds = openKinds(main.read);
  let running: Promise<void> = Promise.resolve();
  let started = false;
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let nextRun = Infinity;

  async function run(): Promise<void> {
    for (const due of await unindexedLogs(main)) {
      let size: number | null = due.size;
      while (size !== null && size < due.next && !stopping.signal.aborted)
        size = await indexStep(main, kinds, { ...due, size });
    }
  }

  function index(): Promise<void> {
    const result = running.then(run);
    running = result.catch(() => undefined);
    return result;
  }

  function arm(wait: number): void {
    const at = performance.now() + wait;
    if (!started || at >= nextRun) return;
    clearTimeout(timer);
    nextRun = at;
    timer = setTimeout(() => void turn(), wait);
  }

  async function turn(): Promise<void> {
    nextRun = Infinity;
    try {
      await index();
    } catch (error) {
      logger.error({}, "the search index could not be extended; it is tried again", error);
    }
    arm(timing.longest);
  }

  backlog.onAppended(() => arm(timing.settle));

  return {
    index,
    start() {
      started = true;
      arm(0);
    },
    async stop() {
      clearTimeout(timer);
      started = false;
      stopping.abort();
      await running;
    },
  };
}
