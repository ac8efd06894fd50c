/**
 * Markdown of a policy or consent document → HTML that is safe whoever wrote it: no HTML passes through,
 * links lead to web pages, mail, telephone or a place in the document, and nothing is loaded from anywhere.
 */
import MarkdownIt from "markdown-it";
import anchor from "markdown-it-anchor";
import { headingId } from "./headings.ts";

export interface Heading {
  /** 1 to 6. */
  level: number;
  id: string;
  text: string;
}

const allowedLink = /^(?:https?:\/\/|mailto:|tel:|#)/i;

const parser = new MarkdownIt({ html: false, linkify: false, typographer: false });
parser.validateLink = (url) => allowedLink.test(url.trim());
// A picture would be a request to whoever serves it: its description stands in its place.
parser.renderer.rules.image = (tokens, index) =>
  parser.utils.escapeHtml(tokens[index]?.content ?? "");
// Wide tables scroll inside their own frame, which the keyboard can reach.
parser.renderer.rules.table_open = () => '<div class="table" tabindex="0" role="group"><table>';
parser.renderer.rules.table_close = () => "</table></div>";
parser.use(anchor, { slugifyWithState: ownId, tabIndex: false });

/** Of each document in work: the ids it has, and with which number each of them was repeated last. */
const given = new WeakMap<object, Map<string, number>>();

/**
 * The id of a heading within its document, counted on from the last of the same text: to count from the
 * first each time would take minutes for a document of thousands of equal headings.
 */
function ownId(text: string, { env }: { env: object }): string {
  const ids = given.get(env) ?? new Map<string, number>();
  given.set(env, ids);
  const plain = headingId(text);
  let id = plain;
  for (let count = ids.get(plain) ?? 0; ids.has(id);) {
    id = `${plain}-${++count}`;
    ids.set(plain, count);
  }
  ids.set(id, 0);
  return id;
}

/** The document as HTML, every heading with its id; a repeated heading gets `-1`, `-2`, … after its id. */
export function renderMarkdown(markdown: string): string {
  return parser.render(markdown);
}

/** The headings of a document in order, with the ids that {@link renderMarkdown} gives them. */
export function headingsOf(markdown: string): Heading[] {
  const tokens = parser.parse(markdown, {});
  return tokens.flatMap((token, index) => {
    if (token.type !== "heading_open") return [];
    const text = (tokens[index + 1]?.children ?? [])
      .map((child) => (child.type === "text" || child.type === "code_inline" ? child.content : ""))
      .join("");
    return [{ level: Number(token.tag.slice(1)), id: String(token.attrGet("id") ?? ""), text }];
  });
}
