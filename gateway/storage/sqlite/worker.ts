/**
 * One SQLite connection on a thread of its own, so that neither an fsync nor a long read stalls the
 * event loop. Requests are served in the order they arrive, each wholly before the next.
 */
import { DatabaseSync } from "node:sqlite";
import { parentPort } from "node:worker_threads";
import { openConnection, type Connection } from "./connection.ts";
import { pack, unpack } from "./packed.ts";
import type { Failure, OpenOptions, PackedResult, Reply, Request } from "./protocol.ts";

const port = parentPort;
if (!port) throw new Error("runs as a worker thread only");

let lock: DatabaseSync | undefined;
let connection: Connection | undefined;
let served = Promise.resolve();

port.on("message", (request: Request) => {
  served = served.then(() => answer(request));
});

async function answer(request: Request): Promise<void> {
  let reply: Reply;
  const handedOver: ArrayBuffer[] = [];
  try {
    reply = { id: request.id, result: await serve(request, handedOver) };
  } catch (error) {
    reply = { id: request.id, failure: describe(error) };
  }
  port?.postMessage(reply, handedOver);
  if ("close" in request) port?.close();
}

async function serve(request: Request, handedOver: ArrayBuffer[]): Promise<unknown> {
  if ("open" in request) {
    open(request.open);
    return null;
  }
  if ("close" in request) {
    connection?.close();
    lock?.close();
    return null;
  }
  if (!connection) throw new Error("the file is not open");
  if ("sql" in request) {
    const { values, ...result } = connection.run(request.sql, unpack(request.parameters));
    const packed: PackedResult = { ...result, values: pack(values) };
    handedOver.push(packed.values.bytes.buffer);
    return packed;
  }
  // Threads that only read never need it, and Kysely with it.
  const { callProcedure } = await import("./procedure.ts");
  return callProcedure(connection, request.call);
}

function open(options: OpenOptions): void {
  if (options.lockPath !== undefined) lock = takeLock(options.lockPath);
  connection = openConnection(options);
}

class LockError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = { ...failure, lock: true };
  }
}

/** The operating system drops the lock with the process, however it ends. */
function takeLock(path: string): DatabaseSync {
  const held = new DatabaseSync(path, { timeout: 0 });
  try {
    held.exec("begin exclusive");
  } catch (error) {
    held.close();
    throw new LockError(describe(error));
  }
  return held;
}

function describe(error: unknown): Failure {
  if (error instanceof LockError) return error.failure;
  if (!(error instanceof Error)) return { code: 0, message: "unknown failure" };
  return {
    code: "errcode" in error && typeof error.errcode === "number" ? error.errcode : 0,
    message: error.message,
  };
}
