/** The banner as it was shown, or would be: scripts that a page without a network can run. */
import { z } from "zod";
import { hash, language, slug } from "../ids.ts";

/** `GET /v1/staff/sites/{site}/configurations/{config}/replay`. */
export const replayQuery = z.strictObject({
  /** One of the languages of that configuration. */
  language,
});

/** `POST /v1/staff/preview`: a site directory that need not be published. */
export const previewBody = z.strictObject({
  /** Path as in a site directory (`policy/ru.md`) → text. */
  files: z.record(z.string().max(100), z.string()),
  language,
});

export const shownScripts = z.strictObject({
  language,
  /** The site's tag with its configuration inside. */
  tag: z.string(),
  /** Address → what the tag would load from there. */
  loaded: z.record(z.string(), z.string()),
});

export const replay = z.strictObject({
  site: slug,
  /** Hash of the logged configuration, as records name it. */
  config: hash,
  version: hash,
  /** Hash of the widget build. */
  build: hash,
  scripts: shownScripts,
  /** What shows that these scripts hold the code that was logged with the configuration. */
  evidence: z.strictObject({
    /** The logged statement: its SHA-256 is `config`, and it names `build`. */
    statement: z.string(),
    /** Files of the build, path → SHA-256; `build` is the hash over this list. */
    files: z.record(z.string(), hash),
    /** Files that the scripts were put together from, whole. */
    pieces: z.record(z.string(), z.string()),
  }),
});

export type ShownScripts = z.infer<typeof shownScripts>;
export type Replay = z.infer<typeof replay>;
export type PreviewBody = z.infer<typeof previewBody>;
