import fc from "fast-check";
import { expect, test } from "vitest";
import { differenceOf, paragraphsOf, type Passage } from "../../gateway/policy/difference.ts";

const before = `# Privacy policy

We keep records for
three years.

- analytics
- maps

| who    | where  |
| Yandex | Russia |`;

test("a reworded paragraph shows its words; line breaks inside one are no difference", () => {
  const after = before
    .replace("for\nthree years", "for five years")
    .replace("- maps\n", "- maps\n- payments\n");
  expect(differenceOf(before, after, "en")).toEqual([
    { kind: "same", text: "# Privacy policy" },
    {
      kind: "changed",
      pieces: [
        { kind: "same", text: "We keep records for " },
        { kind: "removed", text: "three" },
        { kind: "added", text: "five" },
        { kind: "same", text: " years." },
      ],
    },
    { kind: "same", text: "- analytics" },
    { kind: "same", text: "- maps" },
    { kind: "added", text: "- payments" },
    { kind: "same", text: "| who | where |" },
    { kind: "same", text: "| Yandex | Russia |" },
  ]);
});

test("a paragraph in whose place another one came is not read as a reworded one", () => {
  const kinds = differenceOf("We sell nothing.", "Cookies live a year.", "en").map(
    ({ kind }) => kind,
  );
  expect(kinds).toEqual(["removed", "added"]);
});

test("words of languages written without spaces are told apart", () => {
  const [passage] = differenceOf("我们保存记录三年。", "我们保存记录五年。", "zh");
  expect(passage).toMatchObject({ kind: "changed" });
  const { pieces } = passage as Extract<Passage, { kind: "changed" }>;
  expect(pieces[0]).toEqual({ kind: "same", text: "我们保存记录" });
});

const side = (passages: Passage[], without: "removed" | "added") =>
  passages.flatMap((passage) => {
    if (passage.kind === without) return [];
    if (passage.kind !== "changed") return [passage.text];
    return [
      passage.pieces
        .filter(({ kind }) => kind !== without)
        .map(({ text }) => text)
        .join(""),
    ];
  });

const word = fc.constantFrom(
  "we",
  "keep",
  "мы",
  "храним",
  "three",
  "лет",
  "- item",
  "# Head",
  "2. no",
);
const document = fc
  .array(fc.array(word, { minLength: 1, maxLength: 6 }), { maxLength: 12 })
  .map((lines) => lines.map((line) => line.join(" ")).join("\n\n"));

test("tens of thousands of paragraphs replaced by as many others are told apart at once", () => {
  const paragraphs = (word: string) =>
    Array.from({ length: 40_000 }, (_, at) => `${word}${at}`).join("\n\n");
  const begun = performance.now();
  const passages = differenceOf(paragraphs("old"), paragraphs("new"), "en");
  expect(performance.now() - begun).toBeLessThan(8000);
  expect(passages).toHaveLength(80_000);
});

test("both documents can be read out of their difference, paragraph by paragraph", () => {
  fc.assert(
    fc.property(document, document, (one, other) => {
      const passages = differenceOf(one, other, "ru");
      expect(side(passages, "added")).toEqual(paragraphsOf(one));
      expect(side(passages, "removed")).toEqual(paragraphsOf(other));
      if (one === other) expect(passages.every(({ kind }) => kind === "same")).toBe(true);
    }),
  );
});
