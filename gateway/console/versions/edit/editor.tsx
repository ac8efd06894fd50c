/** The draft in work: the form or the files on one side, what they amount to on the other. */
import { useMemo, useState } from "preact/hooks";
import { formatAddress } from "../../address.ts";
import { useConsole } from "../../context.ts";
import { useTexts } from "../use-texts.ts";
import { FilesEditor } from "./files-editor.tsx";
import { FormContext } from "./form/context.ts";
import { SiteFields } from "./form/site-fields.tsx";
import { formatObject, parseObject, valueAt, withValue, type Json, type Path } from "./json.ts";
import { keep, type KeptDraft } from "./kept.ts";
import { Preview } from "./preview.tsx";
import { ProblemList } from "./problem-list.tsx";
import { fieldId, problemOf, type Problem } from "./problems.ts";
import { PublishForm } from "./publish-form.tsx";
import { useChecked, useKept, type Beginning, type Files } from "./use-draft.ts";

const configuration = "site.json";

/** @param props.onAnew begins another draft: with what is handed on, or what the tab has kept */
export function Editor(props: {
  site: string;
  beginning: Beginning;
  onAnew: (kept?: KeptDraft) => void;
}) {
  const { site, onAnew } = props;
  // A draft stands on what it began with, whatever is published while it is in work.
  const [beginning] = useState(props.beginning);
  const { base, newest } = beginning;
  const { session } = useConsole();
  const { edit } = useTexts();
  const [files, setFiles] = useState<Files>(beginning.files);
  const [effectiveAt, setEffectiveAt] = useState<number | null>(null);
  const [view, setView] = useState<{ file: string | null }>({ file: null });
  const checked = useChecked(site, files, effectiveAt);
  const { draft, isKept } = useKept(site, base, files);
  const problems = useMemo(() => (checked.answer?.issues ?? []).map(problemOf), [checked.answer]);

  const setFile = (path: string, text: string | undefined) =>
    setFiles(({ [path]: _before, ...others }) =>
      text === undefined ? others : { ...others, [path]: text },
    );
  const parsed = useMemo(() => parseObject(files[configuration] ?? ""), [files]);

  function discard() {
    keep(sessionStorage, site, null);
    onAnew();
  }

  /** Puts the officer where a problem stands. */
  function show({ file, field }: Problem) {
    const inForm = file === configuration && parsed !== null && field !== "";
    setView({ file: inForm ? null : file });
    requestAnimationFrame(() => focusOn(inForm ? field : null));
  }

  return (
    <>
      {base.version !== newest && (
        <Overtaken
          site={site}
          base={base.version}
          newest={newest}
          onGoOn={() => onAnew({ ...draft, base: newest })}
          onDiscard={discard}
        />
      )}
      {!isKept && <p class="note failure">{edit.notKept}</p>}
      <div class="editor">
        <div class="editor-work">
          <fieldset class="segments">
            <legend class="unseen">{edit.views}</legend>
            {[null, configuration].map((file) => (
              <button
                key={file}
                type="button"
                aria-pressed={(view.file === null) === (file === null)}
                onClick={() => setView({ file })}
              >
                {file === null ? edit.form : edit.files}
              </button>
            ))}
          </fieldset>
          {view.file !== null ? (
            <FilesEditor
              files={files}
              file={view.file}
              languages={languagesOf(parsed)}
              problems={problems}
              onOpen={(file) => setView({ file })}
              onChange={setFile}
            />
          ) : parsed === null ? (
            <p class="note failure">{edit.brokenJson}</p>
          ) : (
            <FormContext.Provider
              value={{
                site: parsed,
                languages: languagesOf(parsed),
                problems: byField(problems),
                change: (path: Path, value: Json | undefined) =>
                  setFile(configuration, formatObject(withValue(parsed, path, value))),
              }}
            >
              <SiteFields />
            </FormContext.Provider>
          )}
        </div>
        <div class="editor-outcome">
          <ProblemList checked={checked} problems={problems} onShow={show} />
          <Preview files={files} languages={languagesOf(parsed)} ready={isValid(checked)} />
          <PublishForm
            site={site}
            files={files}
            expected={base.version}
            checked={checked}
            mayPublish={session?.role === "owner"}
            effectiveAt={effectiveAt}
            onMoment={setEffectiveAt}
            onPublished={() => keep(sessionStorage, site, null)}
            onOvertaken={() => onAnew(draft)}
            onAnew={onAnew}
          />
          {Object.keys(draft.files).length > 0 && (
            <button type="button" class="button small" onClick={discard}>
              {edit.discard}
            </button>
          )}
        </div>
      </div>
    </>
  );
}

const isValid = ({ answer, pending }: ReturnType<typeof useChecked>) =>
  !pending && answer !== null && answer.issues.length === 0;

/** Somebody published since this draft was begun. */
function Overtaken(props: {
  site: string;
  base: string;
  newest: string;
  onGoOn: () => void;
  onDiscard: () => void;
}) {
  const { edit, timeline } = useTexts();
  const { site, base, newest } = props;
  const query = { from: base, to: newest };
  return (
    <div class="note asks-again" role="alert">
      <p>
        {edit.overtaken}{" "}
        <a href={formatAddress({ page: "versions", site, query })}>{timeline.whatChanged}</a>
      </p>
      <div class="form-actions">
        <button type="button" class="button" onClick={props.onGoOn}>
          {edit.goOn}
        </button>
        <button type="button" class="button" onClick={props.onDiscard}>
          {edit.discard}
        </button>
      </div>
    </div>
  );
}

function languagesOf(site: Json | null): string[] {
  const languages = site === null ? [] : valueAt(site, ["languages"]);
  return Array.isArray(languages) ? languages.filter((tag) => typeof tag === "string") : [];
}

function byField(problems: Problem[]): Map<string, string[]> {
  const fields = Map.groupBy(
    problems.filter(({ file }) => file === configuration),
    ({ field }) => field,
  );
  return new Map([...fields].map(([field, of]) => [field, of.map(({ message }) => message)]));
}

/** @param field of the form, or null for the open file. One that has no field of its own leads to its list's. */
function focusOn(field: string | null): void {
  const parts = field?.split(".") ?? [];
  const candidates = parts.map((_, at) => fieldId(parts.slice(0, parts.length - at).join(".")));
  const found = [...candidates, "file-text"]
    .map((id) => document.getElementById(id))
    .find((element) => element !== null);
  for (
    let outer = found?.closest("details");
    outer;
    outer = outer.parentElement?.closest("details")
  )
    outer.open = true;
  found?.focus();
}
