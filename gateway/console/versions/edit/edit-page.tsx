/** A site's next version: a form for its common fields, every file as text, what is wrong as one types, publishing. */
import { useState } from "preact/hooks";
import { useConsole } from "../../context.ts";
import { Answered } from "../../parts/answered.tsx";
import type { VersionPageAddress } from "../../pages/version-pages.tsx";
import { useAnswer } from "../../use-answer.ts";
import { useTexts } from "../use-texts.ts";
import { Editor } from "./editor.tsx";
import type { KeptDraft } from "./kept.ts";
import { beginDraft } from "./use-draft.ts";

export function EditPage({ address: { site } }: { address: VersionPageAddress }) {
  const { api } = useConsole();
  const { edit } = useTexts();
  /** Counts beginnings: after publishing and after throwing a draft away another one begins. */
  const [{ round, kept }, setRound] = useState<{ round: number; kept?: KeptDraft }>({ round: 0 });
  const beginning = useAnswer(`draft ${site} ${round}`, () => beginDraft(api, site, kept));
  return (
    <>
      <div class="toolbar">
        <div>
          <h1>{edit.heading}</h1>
          <p class="muted">{edit.lead}</p>
        </div>
      </div>
      <Answered answer={beginning} label={edit.loading}>
        {(value) => (
          <Editor
            key={round}
            site={site}
            beginning={value}
            onAnew={(kept) => setRound({ round: round + 1, ...(kept && { kept }) })}
          />
        )}
      </Answered>
    </>
  );
}
