/** What changed in a version's texts: policy, summary, consent document, the owner's own words. */
import type { DocumentDifference } from "../../contract/staff/versions.ts";
import { differenceOf, type Passage } from "../../policy/difference.ts";
import { expectedPath } from "../directory/paths.ts";

/** Paragraphs that stayed and stand next to a change are shown, so that one sees where it is. */
const context = 1;

/** @param before files by path, as text */
export function documentDifferences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): DocumentDifference[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return paths.flatMap((path) => {
    const { folder: kind, language } = expectedPath(path) ?? {};
    const [old, current] = [before.get(path), after.get(path)];
    if (kind === undefined || language === undefined || old === current) return [];
    const passages = differenceOf(
      readable(path, old ?? ""),
      readable(path, current ?? ""),
      language,
    );
    // Nothing that a reader sees: line breaks, or the order of fields.
    if (passages.every(({ kind }) => kind === "same")) return [];
    const state = old === undefined ? "added" : current === undefined ? "removed" : "changed";
    return [{ path, kind, language, state, passages: withGaps(passages) }];
  });
}

/** Texts that stand in JSON, each as a paragraph. */
function readable(path: string, text: string): string {
  if (!path.endsWith(".json") || text === "") return text;
  const value = JSON.parse(text.replace(/^\uFEFF/, "")) as Record<string, unknown>;
  const paragraphs = path.startsWith("summary/")
    ? [value["lead"], ...(value["points"] as { text: string }[]).map((point) => point.text)]
    : Object.entries(value).map(([name, words]) => `${name}: ${String(words)}`);
  return paragraphs.join("\n\n");
}

function withGaps(passages: Passage[]): DocumentDifference["passages"] {
  const isShown = passages.map((_, at) =>
    passages.slice(Math.max(0, at - context), at + context + 1).some(({ kind }) => kind !== "same"),
  );
  const shown: DocumentDifference["passages"] = [];
  for (const [at, passage] of passages.entries()) {
    const last = shown.at(-1);
    if (isShown[at]) shown.push(passage);
    else if (last?.kind === "gap") last.count += 1;
    else shown.push({ kind: "gap", count: 1 });
  }
  return shown;
}
