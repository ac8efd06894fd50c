/** Bytes that a record takes on disk, by what they are for. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Tables and indexes of staff search (gateway/staff/search). */
const search = /^(record_index|record_kinds|decision_counts|indexed_logs)/;

/** @param folder data folder of a gateway that has ended. */
export function bytesPerRecord(folder: string): { own: number; search: number } {
  const main = new DatabaseSync(join(folder, "main.sqlite"), { readOnly: true });
  const keys = new DatabaseSync(join(folder, "keys.sqlite"), { readOnly: true });
  const records = Number(main.prepare("select count(*) as n from records").get()!["n"]);
  const sums = { own: 0, search: 0 };
  for (const [name, bytes] of [...sizes(main), ...sizes(keys)])
    sums[search.test(name) ? "search" : "own"] += bytes;
  // What an installation has before its first record, the site's texts and its widget build.
  for (const [name, bytes] of sizes(main)) if (/blobs|files|builds/.test(name)) sums.own -= bytes;
  main.close();
  keys.close();
  return { own: sums.own / records, search: sums.search / records };
}

function sizes(database: DatabaseSync): [name: string, bytes: number][] {
  return database
    .prepare("select name, sum(pgsize) as bytes from dbstat group by name")
    .all()
    .map(({ name, bytes }) => [String(name), Number(bytes)]);
}
