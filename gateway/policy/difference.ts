/**
 * What changed in a document, as a reader sees it: paragraphs that stayed, went and came, and inside a
 * reworded paragraph the words. Line breaks inside a paragraph are no difference.
 */
import { editsBetween } from "./edits.ts";

/** Words of a changed paragraph; everything but `added` is the old text, everything but `removed` the new. */
export interface Piece {
  kind: "same" | "removed" | "added";
  text: string;
}

export type Passage =
  | { kind: "same" | "removed" | "added"; text: string }
  | { kind: "changed"; pieces: Piece[] };

/** What begins a paragraph of its own without a blank line before it: headings, list entries, table rows. */
const opener = /^\s*(?:#{1,6}\s|[-*+]\s|\d{1,9}[.)]\s|\||>)/;

/** From this share of common words on, a paragraph counts as the other one reworded. */
const alike = 0.5;

/** So many paragraphs ahead the reworded one is looked for: a text replaced as a whole is not compared all with all. */
const ahead = 20;

/** @param language of both texts: words are told apart by its rules */
export function differenceOf(before: string, after: string, language: string): Passage[] {
  const [old, current] = [paragraphsOf(before), paragraphsOf(after)];
  const words = wordsOf(language);
  const passages: Passage[] = [];
  const runs = editsBetween(old, current);
  for (const [at, run] of runs.entries()) {
    const earlier = runs[at - 1];
    if (run.kind === "same")
      passages.push(
        ...old.slice(run.from, run.to).map((text) => ({ kind: "same" as const, text })),
      );
    else if (run.kind === "removed") {
      const next = runs[at + 1];
      const came = next?.kind === "added" ? current.slice(next.from, next.to) : [];
      passages.push(...reworded(old.slice(run.from, run.to), came, words));
    } else if (earlier?.kind !== "removed")
      passages.push(...reworded([], current.slice(run.from, run.to), words));
  }
  return passages;
}

/** Paragraphs, headings, list entries and table rows, each on one line. */
export function paragraphsOf(markdown: string): string[] {
  const paragraphs: string[] = [];
  let open = false;
  for (const line of markdown.split(/\r\n|[\n\r]/)) {
    const text = line.trim().replace(/\s+/g, " ");
    if (text === "") open = false;
    else if (open && !opener.test(line)) paragraphs.push(`${paragraphs.pop()} ${text}`);
    else {
      paragraphs.push(text);
      open = !/^\s*#{1,6}\s/.test(line);
    }
  }
  return paragraphs;
}

/** Paragraphs in whose place others came: each with the next one that is alike, the rest by themselves. */
function reworded(gone: string[], came: string[], words: (text: string) => string[]): Passage[] {
  const passages: Passage[] = [];
  const candidates = came.map((text) => contentOf(words(text)));
  let next = 0;
  for (const text of gone) {
    const own = contentOf(words(text));
    const near = candidates
      .slice(next, next + ahead)
      .findIndex((candidate) => commonShare(own, candidate) >= alike);
    const found = next + near;
    if (near === -1) passages.push({ kind: "removed", text });
    else {
      for (; next < found; next++) passages.push({ kind: "added", text: came[next]! });
      passages.push({ kind: "changed", pieces: piecesOf(words(text), words(came[found]!)) });
      next = found + 1;
    }
  }
  return [...passages, ...came.slice(next).map((text) => ({ kind: "added" as const, text }))];
}

const commonShare = (one: ReadonlySet<string>, other: ReadonlySet<string>): number =>
  [...one].filter((word) => other.has(word)).length / Math.max(one.size, other.size, 1);

/** Without spaces and signs, which every paragraph has. */
const contentOf = (words: string[]): ReadonlySet<string> =>
  new Set(words.filter((word) => /[\p{L}\p{N}]/u.test(word)));

function piecesOf(before: string[], after: string[]): Piece[] {
  const pieces: Piece[] = [];
  let [removed, added] = ["", ""];
  const flush = () => {
    if (removed !== "") pieces.push({ kind: "removed", text: removed });
    if (added !== "") pieces.push({ kind: "added", text: added });
    [removed, added] = ["", ""];
  };
  const runs = editsBetween(before, after);
  for (const [at, { kind, from, to }] of runs.entries()) {
    const text = (kind === "added" ? after : before).slice(from, to).join("");
    // A space between two changed words is read with them, not as something that stayed.
    const isBridge = text.trim() === "" && at > 0 && at < runs.length - 1;
    if (kind === "same" && !isBridge) {
      flush();
      pieces.push({ kind, text });
    } else {
      if (kind !== "added") removed += text;
      if (kind !== "removed") added += text;
    }
  }
  flush();
  return pieces;
}

/** Words, spaces and signs in their order; together they are the text. */
function wordsOf(language: string): (text: string) => string[] {
  const segmenter = new Intl.Segmenter(language, { granularity: "word" });
  return (text) => Array.from(segmenter.segment(text), ({ segment }) => segment);
}
