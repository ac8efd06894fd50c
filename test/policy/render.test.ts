import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { headingId } from "../../gateway/policy/headings.ts";
import { headingsOf, renderMarkdown } from "../../gateway/policy/render.ts";

describe("a heading's id", () => {
  test.each([
    ["What we collect", "what-we-collect"],
    ["4. Кому мы передаём данные?", "4-кому-мы-передаём-данные"],
    ["  «Куки» — и что с ними  ", "куки-и-что-с-ними"],
    ["Cookies & 152-ФЗ", "cookies-152-фз"],
    ["Ё\u0308 и\u0306", "ё\u0308-й"],
    ["你好,世界", "你好-世界"],
    ["حقوقك", "حقوقك"],
    ["…", ""],
  ])("%j is %j", (text, id) => {
    expect(headingId(text)).toBe(id);
  });

  test("holds letters, marks, digits and single hyphens, and stays itself", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const id = headingId(text);
        expect(id).toMatch(/^(?:[\p{L}\p{M}\p{N}]+(?:-[\p{L}\p{M}\p{N}]+)*)?$/u);
        expect(headingId(id)).toBe(id);
      }),
    );
  });
});

test("headings are found as they are rendered, repeated ones apart", () => {
  const markdown = "# A *b* `c`\n\n## Rights\n\ntext\n\nRights\n------\n\n> ### Quoted\n";
  expect(headingsOf(markdown)).toEqual([
    { level: 1, id: "a-b-c", text: "A b c" },
    { level: 2, id: "rights", text: "Rights" },
    { level: 2, id: "rights-1", text: "Rights" },
    { level: 3, id: "quoted", text: "Quoted" },
  ]);
  const html = renderMarkdown(markdown);
  for (const { id, level } of headingsOf(markdown)) expect(html).toContain(`<h${level} id="${id}"`);
});

test("every heading of any document has its place in the page", () => {
  const line = fc.oneof(
    fc.string(),
    fc.string().map((text) => `## ${text}`),
    fc.constantFrom("# Cookies", "## Cookies", "---", "```", "> # Q", "<h1 id=x>"),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const markdown = lines.join("\n");
      const html = renderMarkdown(markdown);
      const ids = headingsOf(markdown).map(({ id }) => id);
      expect(html.match(/<h[1-6] id="/g)?.length ?? 0).toBe(ids.length);
      expect(html).not.toMatch(
        /<(?!\/?(?:h[1-6]|p|ul|ol|li|em|strong|s|code|pre|blockquote|hr|br|a|div|table|thead|tbody|tr|th|td)\b)/,
      );
    }),
  );
});

test("thousands of headings of one text get their numbers at once, and each its own", () => {
  const begun = performance.now();
  const ids = headingsOf("# A 2\n# A\n".concat("# A\n".repeat(30_000))).map(({ id }) => id);
  expect(performance.now() - begun).toBeLessThan(5000);
  expect(ids.slice(0, 5)).toEqual(["a-2", "a", "a-1", "a-3", "a-4"]);
  expect(new Set(ids).size).toBe(30_002);
});

describe("links", () => {
  test.each([
    "https://example.com/a?b=c",
    "http://example.com",
    "mailto:a@example.com",
    "tel:+74950000000",
    "#rights",
  ])("%s leads somewhere", (address) => {
    expect(renderMarkdown(`[x](${address})`)).toContain(`href="${address}"`);
  });

  test.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java&#115;cript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example",
    "/relative",
    "&#x6A;avascript:alert(1)",
  ])("%s does not", (address) => {
    expect(renderMarkdown(`[x](${address}) <${address}>`)).not.toContain("<a ");
  });
});

test("a picture is its description: nothing is requested", () => {
  expect(renderMarkdown('![A "map" <x>](https://tracker.example/p.gif)')).toBe(
    "<p>A &quot;map&quot; &lt;x&gt;</p>\n",
  );
});
