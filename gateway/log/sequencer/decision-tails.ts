/** Tails of decision halves, each stored once. They say nothing of anybody, so an erasure leaves them. */
import { hash } from "node:crypto";
import type { Kysely } from "kysely";
import type { Database } from "../../storage/schema.ts";
import type { Store } from "../../storage/storage.ts";
import { hex } from "../bytes.ts";

export interface StoredTail {
  /** Its row. */
  id: number;
  text: string;
}

export interface DecisionTails {
  /** Each of these texts with its row, made where missing. */
  ensure(texts: string[]): Promise<Map<string, StoredTail>>;
}

/** Texts whose rows are remembered: one per configuration, choice and kind of browser in use. */
const remembered = 4096;

export function decisionTails(store: Store<Database>): DecisionTails {
  // Rows never change, so what was committed once may be remembered.
  const known = new Map<string, StoredTail>();

  async function look(db: Kysely<Database>, texts: string[]): Promise<void> {
    const byHash = new Map(texts.map((text) => [hash("sha256", text, "hex"), text]));
    const rows = await db
      .selectFrom("decision_tails")
      .select(["id", "hash"])
      .where(
        "hash",
        "in",
        [...byHash.keys()].map((digest) => Buffer.from(digest, "hex")),
      )
      .execute();
    for (const row of rows) {
      const text = byHash.get(hex(row.hash));
      if (text !== undefined) known.set(text, { id: row.id, text });
    }
  }

  async function make(texts: string[]): Promise<void> {
    const rows = texts
      .map((text) => ({ hash: hash("sha256", text, "buffer"), tail: Buffer.from(text) }))
      // In one order everywhere, so that two gateways never wait for each other's rows in a circle.
      .toSorted((a, b) => Buffer.compare(a.hash, b.hash));
    await store.transaction((trx) =>
      trx
        .insertInto("decision_tails")
        .values(rows)
        .onConflict((conflict) => conflict.column("hash").doNothing())
        .execute(),
    );
  }

  return {
    async ensure(texts) {
      const distinct = [...new Set(texts)];
      const unknown = () => distinct.filter((text) => !known.has(text));
      if (unknown().length > 0) await look(store.read, unknown());
      if (unknown().length > 0) {
        const missing = unknown();
        await make(missing);
        await look(store.read, missing);
      }
      const rows = new Map(distinct.map((text) => [text, known.get(text)!]));
      for (const oldest of known.keys()) {
        if (known.size <= remembered) break;
        known.delete(oldest);
      }
      return rows;
    },
  };
}
