/** Whether a log is whole: every index once, every acknowledged record where it was acknowledged, unchanged. */
import { expect } from "vitest";
import type { Storage } from "../../gateway/storage/storage.ts";
import { commitmentOf, consentLeafOf, recordKeysOf, unsealed } from "./independent.ts";

export interface Acknowledged {
  recordId: string;
  index: number;
  time: number;
}

/** For an installation with one log. @returns how many entries it has. */
export async function expectWhole(storage: Storage, acknowledged: Acknowledged[]): Promise<number> {
  const main = storage.main.read;
  const [log] = await main.selectFrom("logs").selectAll().execute();
  const entries = await main.selectFrom("entries").selectAll().orderBy("idx").execute();
  expect(entries.map(({ idx }) => idx)).toEqual(Array.from({ length: log!.next }, (_, i) => i));
  const times = entries.map(({ leaf }) => JSON.parse(Buffer.from(leaf).toString()).t as number);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  const keys = new Map(
    (await storage.keys.read.selectFrom("subject_keys").selectAll().execute()).map((row) => [
      Buffer.from(row.subject).toString("hex"),
      row.key,
    ]),
  );
  const records = await main
    .selectFrom("records")
    .innerJoin("decision_tails", "decision_tails.id", "records.tail")
    .selectAll("records")
    .select("decision_tails.tail as end")
    .orderBy("idx")
    .execute();
  // Entry 0 is the configuration.
  expect(records.map(({ idx }) => idx)).toEqual(entries.slice(1).map(({ idx }) => idx));
  const found = new Map<string, Acknowledged>();
  for (const { idx, id, head, end, decision_salt, sealed, subject } of records) {
    const { salt, seal } = recordKeysOf(keys.get(Buffer.from(subject!).toString("hex"))!, id);
    const leaf = consentLeafOf(
      times[idx]!,
      commitmentOf("subject", salt, unsealed(seal, sealed!)),
      commitmentOf("decision", decision_salt, Buffer.concat([head, end])),
    );
    expect(Buffer.from(entries[idx]!.leaf).toString()).toBe(leaf);
    const recordId = Buffer.from(id).toString("base64url");
    found.set(recordId, { recordId, index: idx, time: times[idx]! });
  }
  expect(found.size).toBe(records.length);
  expect(await main.selectFrom("record_ids").select("idx").execute()).toHaveLength(records.length);
  for (const record of acknowledged) expect(found.get(record.recordId)).toEqual(record);
  return entries.length;
}
