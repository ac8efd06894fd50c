import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import en from "../../../widget/locales/en.ts";
import ru from "../../../widget/locales/ru.ts";
import type { Strings } from "../../../widget/locales/strings.ts";
import { foreignLetters, languages } from "../../alphabets.ts";

const keys = Object.keys(en) as (keyof Strings)[];
/** They stand side by side in one row, or one below the other on a phone. */
const buttons = ["accept", "refuse", "choose", "save"] as const;
/** Joins others and has no words. */
const worded = keys.filter((key) => key !== "comma");

const slots = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).toSorted();
const marks = (text: string) => text.replace(/[^[\]]/g, "");

it("there is one file for every language, and no other", () => {
  const files = readdirSync(`${import.meta.dirname}/../../../widget/locales`)
    .map((file) => file.replace(/\.ts$/, ""))
    .filter((name) => name !== "strings");
  expect(files.toSorted()).toEqual(languages.toSorted());
  expect(languages).toHaveLength(34);
});

describe.each(languages)("%s", async (language) => {
  const { default: strings } = (await import(`../../../widget/locales/${language}.ts`)) as {
    default: Strings;
  };

  it("has every string and no other", () => {
    expect(Object.keys(strings)).toEqual(keys);
    for (const key of worded) expect(strings[key], key).toMatch(/^\S(.*\S)?$/);
    expect(strings.comma).toMatch(/^(, |، |、)$/);
  });

  it("fills and links what the others do", () => {
    for (const key of keys) {
      expect(slots(strings[key]), key).toEqual(slots(en[key]));
      expect(marks(strings[key]), key).toBe(marks(en[key]));
    }
  });

  it("has nothing left in another language", () => {
    for (const key of worded) {
      expect(foreignLetters(language, strings[key]), key).toEqual([]);
      if (language !== "en") expect(strings[key], key).not.toBe(en[key]);
      if (!["en", "ru"].includes(language)) expect(strings[key], key).not.toBe(ru[key]);
    }
  });

  it("is set in the marks of print, not of typewriters", () => {
    for (const key of keys) expect(strings[key], key).not.toMatch(/["'`]|\.\.\.| - |--/);
  });

  it("keeps numbers out of sentences, which would need plural forms", () => {
    for (const key of ["services", "stores"] as const)
      expect(strings[key], key).toMatch(/^[^{}]*(: |：)\{n\}$/);
  });

  it("fits where English fits", () => {
    for (const key of worded)
      expect(strings[key].length, `${key}: ${strings[key]}`).toBeLessThanOrEqual(
        Math.max(en[key].length * 1.5, en[key].length + 16),
      );
    for (const key of buttons) expect(strings[key].length, key).toBeLessThanOrEqual(18);
  });

  // EDPB guidelines 03/2022: refusing is as easy as accepting.
  it("refuses in as many words as it accepts", () => {
    const { accept, refuse } = strings;
    expect(refuse.split(" ").length - accept.split(" ").length).toBeLessThanOrEqual(1);
    expect(refuse.length / accept.length).toBeLessThan(1.35);
    expect(accept.length / refuse.length).toBeLessThan(1.35);
  });

  it("names its buttons as they are called, each differently", () => {
    expect(new Set(buttons.map((key) => strings[key])).size).toBe(buttons.length);
    expect(strings.eraseNot).not.toBe(strings.eraseNow);
  });
});

it.each(["ar", "he"])(
  "in %s, addresses and names of cookies keep their own direction",
  async (language) => {
    const { default: strings } = (await import(`../../../widget/locales/${language}.ts`)) as {
      default: Strings;
    };
    const foreign = {
      consentIdUse: "contact",
      eraseFailed: "contact",
      recipient: "name",
      leftBehind: "list",
    } as const;
    for (const [key, slot] of Object.entries(foreign) as [keyof Strings, string][])
      expect(strings[key], key).toContain(`\u2068{${slot}}\u2069`);
  },
);

it("Russian is written with its ё", () => {
  const words = Object.values(ru).join(" ");
  expect(words).not.toMatch(/(^|[^а-яё])(еще|передается|сохранен|даете)($|[^а-яё])/i);
});

describe("docs/configuration.md", async () => {
  const docs = await readFile(`${import.meta.dirname}/../../../docs/configuration.md`, "utf8");
  const section = (title: string) => docs.split(`\n## ${title}\n`)[1]!.split("\n## ")[0]!;

  it("names every language", () => {
    const [list = ""] = section("Languages").split("A tag with a region");
    const named = [...list.matchAll(/`([\w-]+)`/g)].map(([, tag]) => tag);
    expect(named.toSorted()).toEqual(languages.toSorted());
  });

  it("lists every text that can be replaced, with its English", () => {
    const rows = [...section("texts").matchAll(/^\| `(\w+)` +\| (.+?) +\|$/gm)];
    expect(rows.map(([, key]) => key)).toEqual(keys);
    for (const [, key, text] of rows)
      if (key !== "comma") expect(text).toBe(en[key as keyof Strings]);
  });
});
