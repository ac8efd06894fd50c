/** docs/complaints.md says by which test each complaint is shown to be met. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const rows = readFileSync(join(root, "docs/complaints.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (Complaint|-+) /.test(line))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

it("has a test in every row", () => {
  expect(rows.length).toBeGreaterThan(40);
  for (const [complaint, , shown] of rows)
    expect(shown, complaint).toMatch(/^`test\/[\w./-]+\.test\.ts` “/);
});

it.each(rows)("%s", (_complaint, _done, shown) => {
  for (const [, file, names] of shown!.matchAll(/`([^`]+)` ((?:“.+?”(?:, )?)+)(?=;|$)/g)) {
    const text = readFileSync(join(root, file!), "utf8");
    for (const [, name] of names!.matchAll(/“(.+?)”(?=,? “|, “|$)/g))
      expect(text, file).toContain(`"${name!}"`);
  }
});
