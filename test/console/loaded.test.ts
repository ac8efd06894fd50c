import { expect, test } from "vitest";
import { countNew, extended, loadedFrom, refreshed } from "../../gateway/console/loaded.ts";
import type {
  ConfigSummary,
  RecordList,
  RecordSummary,
} from "../../gateway/contract/staff/staff.ts";

const record = (n: number, changed: Partial<RecordSummary> = {}): RecordSummary => ({
  id: `record-${n}`,
  site: "clinic",
  config: `config-${Math.floor(n / 10)}`,
  time: 1_780_000_000 + n,
  clientTime: 1_780_000_000 + n,
  late: false,
  validUntil: 1_790_000_000,
  action: "first",
  place: "banner",
  control: "save",
  purposes: { analytics: "granted" },
  language: "en",
  origin: "https://www.clinic.test",
  browser: "firefox",
  device: "desktop",
  erased: false,
  ...changed,
});

const config = (hash: string) => ({ hash }) as ConfigSummary;

/** Records `from` down to `to`, as the gateway answers them. */
function answer(from: number, to: number, next: string | null): RecordList {
  const records: RecordSummary[] = [];
  for (let n = from; n >= to; n -= 1) records.push(record(n));
  const hashes = [...new Set(records.map(({ config }) => config))];
  return {
    site: { id: "clinic", name: { en: "Clinic" } },
    records,
    configs: hashes.map(config),
    order: "newest",
    total: null,
    unindexed: 0,
    next,
  };
}

const numbers = ({ records }: { records: RecordSummary[] }) =>
  records.map(({ id }) => Number(id.slice("record-".length)));

test("a refresh puts what is new above what is loaded, each record once", () => {
  const before = extended(loadedFrom(answer(20, 16, "a")), answer(15, 11, "b"));
  const after = refreshed(before, answer(22, 18, "c"));
  expect(numbers(after)).toEqual([22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11]);
  expect(after.next).toBe("b");
  expect(countNew(before, after)).toBe(2);
});

test("a refresh takes what changed of a record it knows", () => {
  const before = loadedFrom(answer(12, 8, "a"));
  const newer = answer(12, 8, "a");
  newer.records[1] = record(11, { erased: true });
  expect(refreshed(before, newer).records[1]!.erased).toBe(true);
});

test("where new and loaded do not meet, no gap is hidden", () => {
  const before = loadedFrom(answer(20, 16, "a"));
  const after = refreshed(before, answer(40, 36, "b"));
  expect(numbers(after)).toEqual([40, 39, 38, 37, 36]);
  expect(after.next).toBe("b");
});

test("earlier records join below, with the configurations they name", () => {
  const loaded = extended(loadedFrom(answer(21, 19, "a")), answer(19, 8, null));
  expect(numbers(loaded)).toEqual([21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8]);
  expect([...loaded.configs.keys()].toSorted()).toEqual(["config-0", "config-1", "config-2"]);
  expect(loaded.next).toBeNull();
});

test("the first record of an empty site is new", () => {
  const before = loadedFrom({ ...answer(0, 1, null) });
  const after = refreshed(before, answer(1, 1, null));
  expect(numbers(after)).toEqual([1]);
  expect(countNew(before, after)).toBe(1);
});
