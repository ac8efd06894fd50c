import fc from "fast-check";
import { expect, test } from "vitest";
import { editsBetween } from "../../gateway/policy/edits.ts";

const letters = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 40 });

/** Length of the longest common subsequence, by the textbook's table. */
function common(before: string[], after: string[]): number {
  let row = Array.from({ length: after.length + 1 }, () => 0);
  for (const one of before) {
    const next = [0];
    for (const [at, other] of after.entries())
      next.push(one === other ? row[at]! + 1 : Math.max(row[at + 1]!, next[at]!));
    row = next;
  }
  return row.at(-1)!;
}

test("what stays and goes is the one list, what stays and comes the other; nothing more changes than must", () => {
  fc.assert(
    fc.property(letters, letters, (before, after) => {
      const runs = editsBetween(before, after);
      const taken = (list: string[], kind: string) =>
        runs.filter((run) => run.kind === kind).flatMap(({ from, to }) => list.slice(from, to));
      const stays = taken(before, "same");
      let [x, y] = [0, 0];
      const rebuilt: string[] = [];
      for (const { kind, from, to } of runs) {
        expect(from).toBe(kind === "added" ? y : x);
        expect(to).toBeGreaterThan(from);
        if (kind !== "added") x = to;
        if (kind !== "removed") y += to - from;
        if (kind === "same") rebuilt.push(...before.slice(from, to));
        if (kind === "added") rebuilt.push(...after.slice(from, to));
      }
      expect(x).toBe(before.length);
      expect(rebuilt).toEqual(after);
      expect(stays.length).toBe(common(before, after));
    }),
  );
});

test("lists that have nothing in common are replaced at once, however long", () => {
  const before = Array.from({ length: 30_000 }, (_, at) => `a${at}`);
  const after = Array.from({ length: 30_000 }, (_, at) => `b${at}`);
  expect(editsBetween(["title", ...before, "end"], ["title", ...after, "end"])).toEqual([
    { kind: "same", from: 0, to: 1 },
    { kind: "removed", from: 1, to: 30_001 },
    { kind: "added", from: 1, to: 30_001 },
    { kind: "same", from: 30_001, to: 30_002 },
  ]);
});
