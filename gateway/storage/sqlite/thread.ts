/** The event loop's side of a database's worker thread. */
import { Worker } from "node:worker_threads";
import { StorageError } from "../storage.ts";
import { storageError } from "./errors.ts";
import type { OpenOptions, Parameter, Reply, Request, Result } from "./protocol.ts";

export interface Thread {
  /** @throws {StorageError} `locked` when another server holds the lock; `unwritable`, `failed` */
  open(): Promise<void>;
  /** @throws {StorageError} */
  run(sql: string, parameters: readonly unknown[]): Promise<Result>;
  /** Runs what was asked before, then closes the file and ends the thread. */
  close(): Promise<void>;
}

/** Starts the thread; the file is opened when asked, since starting takes longer than opening. */
export function startThread(options: OpenOptions): Thread {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { execArgv: [] });
  const waiting = new Map<
    number,
    { resolve: (result: Result) => void; reject: (error: StorageError) => void }
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

  function ask(request: Request): Promise<Result> {
    if (over) return Promise.reject(new StorageError("failed", `${options.path} is closed.`));
    return new Promise((resolve, reject) => {
      waiting.set(request.id, { resolve, reject });
      worker.postMessage(request, []);
    });
  }

  return {
    async open() {
      await ask({ id: ++last, open: options });
    },
    run: (sql, parameters) => ask({ id: ++last, sql, parameters: parameters.map(bind) }),
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

/**
 * A view on a larger buffer is copied first: a message would carry the whole buffer behind it,
 * which for Node's pooled buffers holds other code's bytes too.
 */
function bind(value: unknown): Parameter {
  if (
    value === null ||
    typeof value === "string" ||
    typeof value === "number" ||
    typeof value === "bigint"
  )
    return value;
  if (value instanceof Uint8Array) {
    const whole = value.byteLength === value.buffer.byteLength && value.constructor === Uint8Array;
    return whole ? value : new Uint8Array(value);
  }
  throw new StorageError("failed", `a statement was given a parameter of type ${typeof value}`);
}
