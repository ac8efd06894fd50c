import { describe, expect, it } from "vitest";
import { wordsIn } from "../../gateway/policy/words.ts";
import { foreignLetters, languages } from "../alphabets.ts";

const { words: english } = wordsIn("en");

describe.each(languages)("%s", (language) => {
  const { language: spoken, words } = wordsIn(language);

  it("has words of its own for document pages", () => {
    expect(spoken).toBe(language);
    expect(Object.keys(words)).toEqual(Object.keys(english));
  });

  it("says since when a text counts", () => {
    for (const [key, text] of Object.entries(words))
      expect(text.includes("{date}"), key).toBe(
        ["inForce", "announced", "superseded"].includes(key),
      );
  });

  it("has nothing left in another language, and the marks of print", () => {
    for (const [key, text] of Object.entries(words)) {
      expect(foreignLetters(language, text), key).toEqual([]);
      if (language !== "en") expect(text, key).not.toBe(english[key as keyof typeof english]);
      expect(text, key).not.toMatch(/["'`]/);
    }
  });
});

it.each([
  ["pt-BR", "pt"],
  ["zh-CN", "zh"],
  ["zh-TW", "zh-Hant"],
  ["zh-HK", "zh-Hant"],
  ["zh-Hans", "zh"],
  ["de-AT", "de"],
  ["be-Latn", "en"],
  ["is", "en"],
])("a document in %s has words in %s", (language, spoken) => {
  expect(wordsIn(language).language).toBe(spoken);
});
