/** A site directory as visitors would be shown it, while it is being written. */
import { useEffect, useState } from "preact/hooks";
import type { ShownScripts } from "../../contract/staff-replay.ts";
import type { Failure } from "../api.ts";
import { useConsole } from "../context.ts";
import { Loading } from "./blank.tsx";
import { FailureNote } from "./failure.tsx";
import { Stage, type Look } from "./stage.tsx";

interface PreviewProps extends Look {
  /** Path as in a site directory (`site.json`, `policy/ru.md`) → text; the same object while nothing changes. */
  files: Record<string, string>;
  /** One of the site's languages. */
  language: string;
}

/** How long typing pauses before it is shown, milliseconds. */
const pause = 500;

/** While what was written is not valid, what was valid last is shown, and that it is. */
export function Preview({ files, language, theme, viewport }: PreviewProps) {
  const { api, texts, failed } = useConsole();
  const [scripts, setScripts] = useState<ShownScripts | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [tries, setTries] = useState(0);

  useEffect(() => {
    let current = true;
    const ask = async () => {
      const result = await api.preview({ files, language });
      if (!current) return;
      if (result.ok) setScripts(result.value);
      else if (failed(result.failure)) return;
      setFailure(result.ok ? null : result.failure);
    };
    const timer = setTimeout(() => void ask(), scripts === null ? 0 : pause);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [api, failed, files, language, tries]);

  const isInvalid = failure?.kind === "invalid";
  return (
    <div class="replay">
      {failure && !isInvalid && (
        <FailureNote failure={failure} onRetry={() => setTries(tries + 1)} />
      )}
      {isInvalid && (
        <output class="note">{scripts ? texts.stage.earlier : texts.stage.invalid}</output>
      )}
      {scripts === null && failure === null && <Loading label={texts.replay.loading} />}
      {scripts && (
        <Stage scripts={scripts} theme={theme} viewport={viewport} label={texts.stage.preview} />
      )}
    </div>
  );
}
