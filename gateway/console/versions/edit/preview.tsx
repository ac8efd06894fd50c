/** The real widget on the stage, as visitors would be shown the draft. */
import { useEffect, useState } from "preact/hooks";
import type { ShownScripts } from "../../../contract/staff/replay.ts";
import type { Result } from "../../api.ts";
import { useConsole } from "../../context.ts";
import { displayName } from "../../format.ts";
import { Loading } from "../../parts/blank.tsx";
import { FailureNote } from "../../parts/failure.tsx";
import { SelectField } from "../../parts/fields.tsx";
import { Stage } from "../../parts/stage.tsx";
import { useTexts } from "../use-texts.ts";
import type { Files } from "./use-draft.ts";

const themes = ["light", "dark"] as const;
const viewports = ["wide", "narrow"] as const;

/** @param props.ready nothing is wrong with the files: only then can they be shown */
export function Preview(props: { files: Files; languages: string[]; ready: boolean }) {
  const { texts, settings } = useConsole();
  const { edit } = useTexts();
  const { files, languages, ready } = props;
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const [theme, setTheme] = useState<(typeof themes)[number]>("light");
  const [viewport, setViewport] = useState<(typeof viewports)[number]>("wide");
  const language = chosen !== null && languages.includes(chosen) ? chosen : languages[0];
  const result = useShown(open && ready && language !== undefined ? { files, language } : null);
  return (
    <section class="card padded">
      <h2>{edit.preview}</h2>
      {open && language !== undefined ? (
        <>
          <div class="fields">
            <SelectField
              label={edit.language}
              value={language}
              options={languages.map((tag) => [
                tag,
                displayName("language", tag, settings.language),
              ])}
              onChange={setChosen}
            />
            <SelectField
              label={edit.theme}
              value={theme}
              options={themes.map((each) => [each, texts.record.shown.themes[each]])}
              onChange={(value) => setTheme(value as typeof theme)}
            />
            <SelectField
              label={edit.screen}
              value={viewport}
              options={viewports.map((each) => [each, texts.record.shown.viewports[each]])}
              onChange={(value) => setViewport(value as typeof viewport)}
            />
          </div>
          {!ready && <p class="muted">{edit.previewWaits}</p>}
          {ready && result === null && <Loading label={edit.preview} />}
          {result?.ok === false && <FailureNote failure={result.failure} />}
          {result?.ok && (
            <Stage
              scripts={result.value}
              theme={theme}
              viewport={viewport}
              label={texts.stage.preview}
            />
          )}
        </>
      ) : (
        <div class="form-actions">
          <button type="button" class="button" onClick={() => setOpen(true)}>
            {edit.showPreview}
          </button>
        </div>
      )}
    </section>
  );
}

/** What was shown last stays until what is typed can be shown. */
function useShown(wanted: { files: Files; language: string } | null): Result<ShownScripts> | null {
  const { api, failed } = useConsole();
  const [result, setResult] = useState<Result<ShownScripts> | null>(null);
  const { files, language } = wanted ?? {};
  useEffect(() => {
    if (!files || language === undefined) return;
    let current = true;
    const ask = async () => {
      const answer = await api.preview({ files, language });
      if (current && (answer.ok || !failed(answer.failure))) setResult(answer);
    };
    void ask();
    return () => {
      current = false;
    };
  }, [api, failed, files, language]);
  return result;
}
