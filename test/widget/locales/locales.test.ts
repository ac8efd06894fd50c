import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import en from "../../../widget/locales/en.ts";
import type { Strings } from "../../../widget/locales/strings.ts";

const languages = readdirSync(`${import.meta.dirname}/../../../widget/locales`)
  .map((file) => file.replace(/\.ts$/, ""))
  .filter((name) => name !== "strings");

const slots = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).toSorted();
const marks = (text: string) => text.replace(/[^[\]]/g, "");

it("there are at least English and Russian", () => {
  expect(languages).toEqual(expect.arrayContaining(["en", "ru"]));
});

describe.each(languages)("%s", async (language) => {
  const { default: strings } = (await import(`../../../widget/locales/${language}.ts`)) as {
    default: Strings;
  };

  it("has every string and no other", () => {
    expect(Object.keys(strings).toSorted()).toEqual(Object.keys(en).toSorted());
    for (const text of Object.values(strings)) expect(text.trim()).toBe(text);
    expect(Object.values(strings)).not.toContain("");
  });

  it.each(Object.keys(en) as (keyof Strings)[])(
    "fills and links in %s what the others do",
    (key) => {
      expect(slots(strings[key])).toEqual(slots(en[key]));
      expect(marks(strings[key])).toBe(marks(en[key]));
    },
  );
});

it("Russian is written with its own letters and quotation marks", async () => {
  const { default: ru } = await import("../../../widget/locales/ru.ts");
  const words = Object.values(ru).join(" ");
  expect(words).not.toMatch(/["“”']/);
  // Words that are often printed without their ё.
  expect(words).not.toMatch(/(^|[^а-яё])(еще|передается|сохранен|даете)($|[^а-яё])/i);
});
