/**
 * Many small requests, few transactions: while one batch is being committed the next one fills, and
 * each caller is answered after the commit that holds its part. Under no load a request waits for
 * nobody; under load a batch grows with the time a commit takes.
 */

/** More is waiting than may wait; the sender keeps its events and comes back. */
export class OverloadError extends Error {
  override name = "OverloadError";
}

export interface GroupCommit<T> {
  /**
   * Resolves after the commit that holds `item`.
   * @throws {OverloadError}, or what `write` threw for the whole batch
   */
  add(item: T): Promise<void>;
  /** Commits what is waiting; later calls of `add` are refused. */
  close(): Promise<void>;
}

export interface GroupCommitOptions<T> {
  /** Writes a batch in one durable transaction. */
  write(items: T[]): Promise<void>;
  /** Items per transaction. */
  batch: number;
  /** Items that may wait. */
  waiting: number;
}

export function groupCommit<T>({ write, batch, waiting }: GroupCommitOptions<T>): GroupCommit<T> {
  const queue: { item: T; resolve: () => void; reject: (reason: unknown) => void }[] = [];
  let running: Promise<void> | null = null;
  let closed = false;

  async function drain(): Promise<void> {
    // One turn of the event loop: requests that arrived together share the first batch too.
    await new Promise((resolve) => setImmediate(resolve));
    while (queue.length > 0) {
      const taken = queue.splice(0, batch);
      try {
        await write(taken.map(({ item }) => item));
        for (const { resolve } of taken) resolve();
      } catch (error) {
        for (const { reject } of taken) reject(error);
      }
    }
    running = null;
  }

  return {
    add(item) {
      if (closed || queue.length >= waiting) return Promise.reject(new OverloadError());
      return new Promise((resolve, reject) => {
        queue.push({ item, resolve, reject });
        running ??= drain();
      });
    },
    async close() {
      closed = true;
      await running;
    },
  };
}
