/** The event loop's side of a database's worker thread. */
import { getCompileCacheDir } from "node:module";
import { Worker } from "node:worker_threads";
import { StorageError } from "../storage.ts";
import { storageError } from "./errors.ts";
import { pack, unpack, type Value } from "./packed.ts";
import type { Call, OpenOptions, PackedResult, Reply, Request, Result } from "./protocol.ts";

export interface Thread {
  /** @throws {StorageError} `locked` when another server holds the lock; `unwritable`, `failed` */
  open(): Promise<void>;
  /** @throws {StorageError} */
  run: (sql: string, parameters: readonly unknown[]) => Promise<Result>;
  /**
   * Runs a procedure in a transaction of its own, wholly on the thread; the caller holds the connection.
   * @throws {StorageError}
   */
  call(call: Call): Promise<unknown>;
  /** Runs what was asked before, then closes the file and ends the thread. */
  close(): Promise<void>;
}

/**
 * MB of a thread's own heap: it holds a batch and prepared statements, and would otherwise take a share of
 * the machine's memory. Rows of one answer have to fit.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 256 };

/** Starts the thread; the file is opened when asked, since starting takes longer than opening. */
export function startThread(options: OpenOptions): Thread {
  const cache = getCompileCacheDir();
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    execArgv: [],
    resourceLimits,
    // Threads do not follow the process in this: without it each loads the compiler that strips types.
    env: cache === undefined ? {} : { NODE_COMPILE_CACHE: cache },
  });
  const waiting = new Map<
    number,
    { resolve: (result: unknown) => void; reject: (error: StorageError) => void }
  >();
  const ended = Promise.withResolvers<void>();
  let last = 0;
  let over = false;

  worker.on("message", (reply: Reply) => {
    const asked = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ("failure" in reply) asked?.reject(storageError(reply.failure, options.path));
    else asked?.resolve(reply.result);
  });
  // An error of the thread itself is followed by its exit.
  worker.on("error", () => undefined);
  worker.on("exit", () => {
    over = true;
    const error = new StorageError(
      "failed",
      `The thread of ${options.path} ended: restart the gateway.`,
    );
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    ended.resolve();
  });

  function ask(request: Request, transfer: ArrayBuffer[] = []): Promise<unknown> {
    if (over) return Promise.reject(new StorageError("failed", `${options.path} is closed.`));
    return new Promise((resolve, reject) => {
      waiting.set(request.id, { resolve, reject });
      worker.postMessage(request, transfer);
    });
  }

  return {
    async open() {
      await ask({ id: ++last, open: options });
    },
    async run(sql, values) {
      const parameters = pack(values.map(asValue));
      const answer = await ask({ id: ++last, sql, parameters }, [parameters.bytes.buffer]);
      // What a statement is answered with.
      const result = answer as PackedResult;
      return { ...result, values: unpack(result.values) };
    },
    call: (call) => ask({ id: ++last, call }),
    async close() {
      if (!over) {
        const closing = ask({ id: ++last, close: true });
        over = true;
        await closing;
      }
      await ended.promise;
    },
  };
}

/** @throws {StorageError} for a value of a type that no column has */
function asValue(value: unknown): Value {
  if (
    value === null ||
    typeof value === "string" ||
    typeof value === "number" ||
    typeof value === "bigint" ||
    value instanceof Uint8Array
  )
    return value;
  throw new StorageError("failed", `a statement was given a parameter of type ${typeof value}`);
}
