/** A connection pool whose numbers are numbers. */
import pg from "pg";

export interface PoolOptions {
  /** `query_timeout=<milliseconds>` among its parameters takes the place of {@link queryTimeout}. */
  url: string;
  /** A pool for reads refuses every write; one for upgrades gives its statements all the time they need. */
  use: "read" | "write" | "upgrade";
  max: number;
}

/**
 * Milliseconds after which the server gives up a statement, and after which we give up the server. The
 * second is longer, so that a slow statement ends with an answer; it is for connections that went silent,
 * which would otherwise hold up every decision behind them.
 */
const statementTimeout = 15_000;
const queryTimeout = 20_000;
/** Milliseconds after which the server ends a transaction whose gateway is gone, and frees its locks. */
const idleInTransactionTimeout = 60_000;
/** Milliseconds of silence after which the operating system asks whether the other end is still there. */
const keepAliveDelay = 10_000;

/** int8 and numeric: what sizes, counts and sums come as. */
const numberTypes: ReadonlySet<number> = new Set([20, 1700]);

export function openPool({ url, use, max }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveDelay,
    ...(use !== "upgrade" && { query_timeout: queryTimeout }),
    application_name: "soglas",
    types: { getTypeParser: typeParser },
    onConnect: async (client) => {
      // A role or a database may have been set up otherwise; an acknowledged write must be on the disk.
      await client.query(
        use === "read" ? "set default_transaction_read_only = on" : "set synchronous_commit = on",
      );
      if (use === "upgrade") return;
      await client.query(`set statement_timeout = ${statementTimeout}`);
      await client.query(`set idle_in_transaction_session_timeout = ${idleInTransactionTimeout}`);
    },
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on("error", () => undefined);
  return pool;
}

const typeParser: typeof pg.types.getTypeParser = (id: number, format?: "text" | "binary") =>
  numberTypes.has(id) && format !== "binary"
    ? safeNumber
    : pg.types.getTypeParser(id, format as "text");

function safeNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new RangeError("an integer is too large for a number");
  }
  return value;
}
