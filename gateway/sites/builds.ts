/**
 * Widget builds by content hash: the gateway keeps every build it ever served, so that a decision's
 * configuration can be shown again with the code the visitor met.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../clock.ts";
import { spokenOf } from "../policy/languages.ts";
import type { Storage } from "../storage/storage.ts";
import { storeBlobs } from "./publishing/blobs.ts";
import { listHash, sha256 } from "./publishing/hashes.ts";

export interface WidgetBuild {
  hash: string;
  /** Path in `dist/widget` → SHA-256 of every file: `hash` is the hash over this list. */
  files: Record<string, string>;
  /** Piece name (`core`, `ga4`, …) → script text. */
  pieces: Map<string, string>;
  /** Language → the widget's own texts. */
  locales: Map<string, Locale>;
}

/** Texts by the script they travel with. */
export type Locale = Record<"tag" | "ui" | "record" | "frames" | "files", Record<string, string>>;

const required = ["core.js", "record.js", "ui.js"];
const piecePath = /^([a-z][a-z0-9-]*)\.js$/;
const localePath = /^locales\/([A-Za-z0-9-]+)\.json$/;

/**
 * Stores the build in a folder, once per content.
 * @param folder `dist/widget` as build.ts leaves it: pieces, and `locales/<language>.json`
 * @returns the build's hash: `listHash` over its pieces
 * @throws Error when the folder holds no complete build
 */
export async function storeBuild(storage: Storage, folder: string, clock: Clock): Promise<string> {
  const files = await readBuildFolder(folder);
  const manifest = manifestOf(files);
  const hash = listHash(Object.entries(manifest));
  const known = await storage.main.read
    .selectFrom("widget_builds")
    .select("hash")
    .where("hash", "=", hash)
    .executeTakeFirst();
  if (known) return hash;
  await storage.main.transaction(async (trx) => {
    await storeBlobs(trx, files.values());
    await trx
      .insertInto("widget_builds")
      .values({ hash, manifest: JSON.stringify(manifest), created_at: clock.now() })
      .onConflict((conflict) => conflict.column("hash").doNothing())
      .execute();
  });
  return hash;
}

/**
 * The build that the newest logged configuration names: what the gateway of this installation serves.
 * Commands go on with it, so that one run from another checkout changes nothing for visitors.
 * @returns null before the first configuration
 */
export async function buildInUse(storage: Storage): Promise<string | null> {
  const newest = await storage.main.read
    .selectFrom("configs")
    .select("build")
    .orderBy("effective_at", "desc")
    .orderBy("log", "desc")
    .orderBy("idx", "desc")
    .limit(1)
    .executeTakeFirst();
  return newest?.build ?? null;
}

/** @throws Error when no build of this hash was stored */
export async function readBuild(storage: Storage, hash: string): Promise<WidgetBuild> {
  const { manifest } = await storage.main.read
    .selectFrom("widget_builds")
    .select("manifest")
    .where("hash", "=", hash)
    .executeTakeFirstOrThrow();
  const listed = JSON.parse(manifest) as Record<string, string>;
  const paths = Object.entries(listed);
  const rows = await storage.main.read
    .selectFrom("blobs")
    .selectAll()
    .where(
      "hash",
      "in",
      paths.map(([, blob]) => blob),
    )
    .execute();
  const bytes = new Map(rows.map((row) => [row.hash, row.bytes]));
  return assembled(
    hash,
    listed,
    paths.map(([path, blob]) => {
      const piece = bytes.get(blob);
      if (piece === undefined) throw new Error(`a piece of widget build ${hash} is missing`);
      return [path, piece];
    }),
  );
}

/**
 * The build in a folder, without an installation.
 * @throws Error when the folder holds no complete build
 */
export async function loadBuild(folder: string): Promise<WidgetBuild> {
  const files = await readBuildFolder(folder);
  const manifest = manifestOf(files);
  return assembled(listHash(Object.entries(manifest)), manifest, files);
}

function assembled(
  hash: string,
  files: Record<string, string>,
  contents: Iterable<[path: string, bytes: Uint8Array]>,
): WidgetBuild {
  const build: WidgetBuild = { hash, files, pieces: new Map(), locales: new Map() };
  for (const [path, bytes] of contents) {
    const text = new TextDecoder().decode(bytes);
    const piece = piecePath.exec(path)?.[1];
    const language = localePath.exec(path)?.[1];
    if (piece !== undefined) build.pieces.set(piece, text);
    else if (language !== undefined) build.locales.set(language, JSON.parse(text) as Locale);
  }
  return build;
}

/**
 * The interface's texts for a language of a site: `pt-BR` has those of `pt`, `zh-TW` those of `zh-Hant`.
 * @returns undefined where the build does not speak it
 */
export function localeOf(build: WidgetBuild, language: string): Locale | undefined {
  const spoken = spokenOf([...build.locales.keys()], language);
  return spoken === undefined ? undefined : build.locales.get(spoken);
}

/** Path → hash of every file. */
const manifestOf = (files: Map<string, Uint8Array>): Record<string, string> =>
  Object.fromEntries([...files].map(([path, bytes]) => [path, sha256(bytes)] as const));

async function readBuildFolder(folder: string): Promise<Map<string, Uint8Array>> {
  const names = await namesIn(folder);
  const locales = (await namesIn(join(folder, "locales"))).map((name) => `locales/${name}`);
  const paths = [
    ...names.filter((name) => piecePath.test(name)),
    ...locales.filter((name) => localePath.test(name)),
  ];
  const missing = required.filter((name) => !names.includes(name));
  if (missing.length > 0 || locales.length === 0)
    throw new Error(
      'the widget is not built, or only in part; run "npm run build" and start again',
    );
  return new Map(
    await Promise.all(
      paths.map(async (path) => [path, await readFile(join(folder, path))] as const),
    ),
  );
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
