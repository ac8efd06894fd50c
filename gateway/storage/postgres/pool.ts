/** A connection pool whose numbers are numbers. */
import pg from "pg";

export interface PoolOptions {
  url: string;
  /** A pool for reads refuses every write. */
  use: "read" | "write";
  max: number;
}

/** int8 and numeric: what sizes, counts and sums come as. */
const numberTypes: ReadonlySet<number> = new Set([20, 1700]);

export function openPool({ url, use, max }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 10_000,
    application_name: "soglas",
    types: { getTypeParser: typeParser },
    onConnect: async (client) => {
      // A role or a database may have been set up otherwise; an acknowledged write must be on the disk.
      await client.query(
        use === "write" ? "set synchronous_commit = on" : "set default_transaction_read_only = on",
      );
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
