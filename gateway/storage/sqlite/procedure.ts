/** Runs a procedure beside the database: Kysely straight on the thread's own connection. */
import { Kysely } from "kysely";
import type { Procedure } from "../storage.ts";
import type { Connection } from "./connection.ts";
import { soleDialect } from "./dialect.ts";
import type { Value } from "./packed.ts";
import type { Call } from "./protocol.ts";

/** @throws whatever the procedure throws, after its transaction was rolled back */
export async function callProcedure(
  connection: Connection,
  { module, name, input }: Call,
): Promise<unknown> {
  const exported: Record<string, Procedure<unknown, unknown, unknown>> = await import(module);
  const procedure = exported[name];
  if (!procedure) throw new Error(`${name} is not exported by its module`);
  const dialect = soleDialect((sql, parameters) =>
    // Our own queries have no parameters of other types.
    connection.run(sql, parameters as Value[]),
  );
  return new Kysely<unknown>({ dialect }).transaction().execute((trx) => procedure.run(trx, input));
}
