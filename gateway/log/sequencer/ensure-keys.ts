/** Finds or makes the keys of a batch of subjects, durably. */
import { randomBytes } from "node:crypto";
import type { KeyDatabase } from "../../storage/schema.ts";
import { inList, inPieces } from "../../storage/shapes.ts";
import type { Procedure } from "../../storage/storage.ts";
import type { Transaction } from "kysely";
import { hex } from "../bytes.ts";

/** Bytes of a subject reference, and of K. */
const referenceLength = 16;
const keyLength = 32;

/** Bytes are hexadecimal text here: both cross threads, where many small arrays are dear. */
export interface Wanted {
  /** The subjects' names under the installation's key; each once. */
  maps: string[];
  /** Unix milliseconds. */
  now: number;
}

interface KeyRow {
  map: string;
  subject: string;
  key: string;
  /** Made in this transaction. */
  made: boolean;
}

/** The rows of these subjects, in no order. */
export const ensureKeys: Procedure<KeyDatabase, Wanted, KeyRow[]> = {
  module: import.meta.url,
  name: "ensureKeys",
  async run(trx, { maps, now }) {
    const known = await find(trx, maps, new Set());
    const names = new Set(known.map(({ map }) => map));
    const missing = maps.filter((map) => !names.has(map));
    if (missing.length === 0) return known;
    const made = await make(trx, missing, now);
    // Someone else may have made the same subject's key at this moment: what is in the table now counts.
    return [...known, ...(await find(trx, missing, made))];
  },
};

async function find(
  trx: Transaction<KeyDatabase>,
  maps: string[],
  made: Set<string>,
): Promise<KeyRow[]> {
  const rows = await trx
    .selectFrom("subject_keys")
    .select(["map", "subject", "key"])
    .where("map", "in", inList(maps.map((map) => Buffer.from(map, "hex"))))
    .execute();
  return rows.map(({ map, subject, key }) => ({
    map: hex(map),
    subject: hex(subject),
    key: hex(key),
    made: made.has(hex(subject)),
  }));
}

/** @returns the references that were drawn. */
async function make(
  trx: Transaction<KeyDatabase>,
  maps: string[],
  now: number,
): Promise<Set<string>> {
  const drawn = randomBytes(maps.length * (referenceLength + keyLength));
  const rows = maps
    // In one order everywhere, so that two gateways never wait for each other's rows in a circle.
    .toSorted()
    .map((map, i) => {
      const start = i * (referenceLength + keyLength);
      return {
        map: Buffer.from(map, "hex"),
        subject: drawn.subarray(start, start + referenceLength),
        key: drawn.subarray(start + referenceLength, start + referenceLength + keyLength),
        created_at: now,
      };
    });
  for (const piece of inPieces(rows))
    await trx
      .insertInto("subject_keys")
      .values(piece)
      .onConflict((conflict) => conflict.column("map").doNothing())
      .execute();
  return new Set(rows.map(({ subject }) => hex(subject)));
}
