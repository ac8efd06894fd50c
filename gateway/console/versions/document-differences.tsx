/** Documents with what went and what came, marked by signs and words and not by colour alone. */
import type { DocumentDifference, Passage } from "../../contract/staff/versions.ts";
import { useConsole } from "../context.ts";
import { displayName } from "../format.ts";
import { useTexts } from "./use-texts.ts";

export function DocumentDifferences({ documents }: { documents: DocumentDifference[] }) {
  const { settings } = useConsole();
  const { difference } = useTexts();
  return (
    <>
      {documents.map((document) => (
        <details key={document.path} class="document" open={document.state === "changed"}>
          <summary>
            {difference.kinds[document.kind]},{" "}
            {displayName("language", document.language, settings.language)}
            {document.state !== "changed" && ` · ${difference.states[document.state]}`}
          </summary>
          <div class="passages">
            {document.passages.map((passage, at) => (
              // A difference is never changed in place.
              <Shown key={at} passage={passage} language={document.language} />
            ))}
          </div>
        </details>
      ))}
    </>
  );
}

function Shown({ passage, language }: { passage: Passage; language: string }) {
  const { difference } = useTexts();
  switch (passage.kind) {
    case "gap":
      return <p class="passage gap">{difference.gap(passage.count)}</p>;
    case "changed":
      return (
        <p class="passage changed" lang={language}>
          {passage.pieces.map(({ kind, text }, at) => (
            <Marked key={at} kind={kind} text={text} />
          ))}
        </p>
      );
    default:
      return (
        <p class={`passage ${passage.kind}`} lang={language}>
          <Marked kind={passage.kind} text={passage.text} />
        </p>
      );
  }
}

function Marked({ kind, text }: { kind: "same" | "removed" | "added"; text: string }) {
  const { difference } = useTexts();
  if (kind === "same") return <>{text}</>;
  const Element = kind === "removed" ? "del" : "ins";
  return (
    <Element>
      <span class="unseen">{difference.marks[kind]} </span>
      {text}
    </Element>
  );
}
