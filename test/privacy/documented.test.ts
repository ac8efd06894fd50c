/** docs/privacy-profiles.md makes promises and names the tests that keep them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parameterRules } from "../../gateway/privacy/parameter-rules.ts";

const root = join(import.meta.dirname, "../..");
const text = readFileSync(join(root, "docs/privacy-profiles.md"), "utf8");
/** Cells of every table row. */
const rows = text
  .split("\n")
  .filter((line) => line.startsWith("|"))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

describe("privacy-profiles.md", () => {
  it("has every row of CNIL's and the law's requirements", () => {
    const named = rows.map(([first = ""]) => /^[CR]\d/.exec(first)?.[0]).filter(Boolean);
    expect(named).toEqual(
      [..."12345678"].map((n) => `C${n}`).concat([..."123456"].map((n) => `R${n}`)),
    );
  });

  it("names tests that are there", () => {
    const claims = [
      ...text.replace(/\s*\n\s*/g, " ").matchAll(/`(test\/[\w./-]+\.test\.ts)`((?:,? “[^”]+”)+)/g),
    ];
    const missing = claims.flatMap(([, file = "", titles = ""]) => {
      const source = readFileSync(join(root, file), "utf8");
      return [...titles.matchAll(/“([^”]+)”/g)]
        .map(([, title = ""]) => title)
        .filter((title) => !source.includes(title))
        .map((title) => `${file}: ${title}`);
    });
    expect(missing).toEqual([]);
    expect(claims.length).toBeGreaterThan(25);
    const proven = rows.filter(([first = ""]) => /^[CR]\d/.test(first) && !first.startsWith("R5"));
    expect(proven.filter(([, , test = ""]) => !/`test\/\S+` “/.test(test))).toEqual([]);
  });

  it.each(["strict", "balanced"] as const)(
    "tells what becomes of parameters under %s",
    (profile) => {
      const treatment = parameterRules("ga4", profile);
      const column = profile === "strict" ? 1 : 2;
      const told = rows.filter((cells) =>
        /^(keep|drop|seconds|fives|replace)$/.test(cells[1] ?? ""),
      );
      const wrong = told.flatMap((cells) =>
        [...cells[0]!.matchAll(/`([a-z_]+)`/g)]
          .map(([, name = ""]) => name)
          .filter((name) => treatment(name) !== cells[column]),
      );
      expect(told).toHaveLength(7);
      expect(wrong).toEqual([]);
    },
  );
});
