/** The draft of a site: loaded, kept in the tab, checked by the gateway shortly after every change. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { DraftAnswer, SiteVersion } from "../../../contract/staff/versions.ts";
import type { Api, Failure, Result } from "../../api.ts";
import { useConsole } from "../../context.ts";
import { keep, readKept, type KeptDraft } from "./kept.ts";

export type Files = Record<string, string>;

/** What a draft begins with. */
export interface Beginning {
  /** Version published last. */
  newest: string;
  /** What the draft is made from: another one when somebody published meanwhile. */
  base: SiteVersion;
  /** With the changes that the tab has kept. */
  files: Files;
}

/** How long somebody must have stopped typing, milliseconds. */
const pause = 400;

/** @param kept what an earlier round left; what the tab has kept when absent */
export async function beginDraft(
  api: Api,
  site: string,
  kept: KeptDraft | null = readKept(sessionStorage, site),
): Promise<Result<Beginning>> {
  const timeline = await api.versions(site, {});
  if (!timeline.ok) return timeline;
  const { newest } = timeline.value;
  const base = await api.version(site, kept?.base ?? newest);
  // What was kept is of another gateway, or of a site that was begun anew.
  if (!base.ok && kept && base.failure.kind === "not-found") {
    keep(sessionStorage, site, null);
    return beginDraft(api, site, null);
  }
  if (!base.ok) return base;
  const files: Record<string, string | null> = { ...base.value.files, ...kept?.files };
  const present = Object.entries(files).filter(([, text]) => text !== null);
  return {
    ok: true,
    value: { newest, base: base.value, files: Object.fromEntries(present) as Files },
  };
}

export interface Checked {
  /** Null until the first answer. */
  answer: DraftAnswer | null;
  /** A newer answer is on its way. */
  pending: boolean;
  failure: Failure | null;
}

/** @param effectiveAt Unix seconds; null: at once */
export function useChecked(site: string, files: Files, effectiveAt: number | null): Checked {
  const { api, failed } = useConsole();
  const [checked, setChecked] = useState<Checked>({ answer: null, pending: true, failure: null });
  const latest = useRef(0);
  // Another language of the console is another function, and no reason to ask again.
  const tell = useRef(failed);
  tell.current = failed;
  useEffect(() => {
    const mine = ++latest.current;
    setChecked((before) => ({ ...before, pending: true }));
    const timer = setTimeout(async () => {
      const result = await api.check(site, {
        files,
        ...(effectiveAt !== null && { effectiveAt }),
      });
      if (mine !== latest.current) return;
      if (result.ok) setChecked({ answer: result.value, pending: false, failure: null });
      else if (!tell.current(result.failure))
        setChecked({ answer: null, pending: false, failure: result.failure });
    }, pause);
    return () => {
      clearTimeout(timer);
      latest.current += 1;
    };
  }, [api, site, files, effectiveAt]);
  return checked;
}

/** Keeps what differs from the base in the tab. @returns it, and whether the browser keeps it */
export function useKept(site: string, base: SiteVersion, files: Files) {
  const draft = useMemo((): KeptDraft => {
    const paths = [...new Set([...Object.keys(base.files), ...Object.keys(files)])];
    const differing = paths.filter((path) => base.files[path] !== files[path]);
    return {
      base: base.version,
      files: Object.fromEntries(differing.map((path) => [path, files[path] ?? null])),
    };
  }, [base, files]);
  const [isKept, setKept] = useState(true);
  useEffect(
    () => setKept(keep(sessionStorage, site, Object.keys(draft.files).length > 0 ? draft : null)),
    [site, draft],
  );
  return { draft, isKept };
}
