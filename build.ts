/**
 * Builds what is served: the widget's pieces, the console and the page that checks receipts, into dist/; and
 * what developers import as `soglas/client`, with its types.
 * Vite cannot split an IIFE, so every piece is a build of its own; the gateway composes them per site.
 */
import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { minify } from "terser";
import { build, type InlineConfig, type Plugin } from "vite";
import { builtFolder, isBuilt, placeWhole } from "./built.ts";
import { frameKeys, mineKeys, type Strings } from "./widget/locales/strings.ts";

const root = import.meta.dirname;

/** Piece name → entry. What is not a part reads its configuration from free variables the gateway binds. */
const pieces = {
  core: "widget/tag.ts",
  ga4: "widget/core/services/ga4.ts",
  metrika: "widget/core/services/metrika.ts",
  snippet: "widget/core/services/snippet.ts",
  tiktok: "widget/core/services/tiktok.ts",
  google: "widget/core/services/google.ts",
  advanced: "widget/core/services/advanced.ts",
  pasted: "widget/core/services/pasted.ts",
  gate: "widget/core/gate/gate.ts",
  marks: "widget/marks.ts",
  block: "widget/core/gate/block.ts",
  rules: "widget/core/rules/rules.ts",
  migrate: "widget/core/choice/migrate.ts",
  handover: "widget/core/choice/handover.ts",
  tracker: "widget/core/events/tracker.ts",
  calls: "widget/core/events/calls.ts",
  relay: "widget/core/events/relay.ts",
  profile: "widget/core/choice/profile.ts",
  renewal: "widget/core/choice/renewal.ts",
  shared: "widget/core/choice/shared.ts",
  ui: "widget/ui.tsx",
  face: "widget/face.ts",
  regional: "widget/regional.ts",
  look: "widget/look.ts",
  record: "widget/record.ts",
  frames: "widget/core/gate/frames.ts",
  placeholder: "widget/placeholder.ts",
};

/** What repeated passes find after oxc's one: 2 % of the tag, 2.4 % of the recorder. */
const again: Plugin = {
  name: "minify-again",
  async generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== "chunk") continue;
      const { code } = await minify(chunk.code, {
        ecma: 2020,
        compress: { passes: 3, unsafe: true, pure_getters: true },
      });
      chunk.code = code!;
    }
  },
};

function pieceBuild(folder: string, name: string, entry: string): InlineConfig {
  return {
    root,
    configFile: false,
    logLevel: "warn",
    plugins: [again],
    oxc: { jsx: { runtime: "classic", pragma: "h" } },
    build: {
      outDir: folder,
      emptyOutDir: false,
      // Constructed style sheets need a browser of 2023 anyway, in which all of this is old.
      target: "es2022",
      // For older ones logical properties would be spelled out, and a stand-in made for light-dark(), which is not used.
      cssTarget: ["chrome123", "firefox120", "safari17.5"],
      minify: "oxc",
      modulePreload: false,
      rolldownOptions: {
        input: join(root, entry),
        output: { format: "iife", entryFileNames: `${name}.js` },
      },
    },
  };
}

/** Builds every widget piece and writes each language's strings beside them. */
async function buildWidget(folder: string): Promise<void> {
  for (const [name, entry] of Object.entries(pieces)) await build(pieceBuild(folder, name, entry));
  await mkdir(join(folder, "locales"));
  for (const file of await readdir(join(root, "widget/locales"))) {
    const language = file.replace(/\.ts$/, "");
    if (language === "strings") continue;
    const { default: strings } = (await import(`./widget/locales/${file}`)) as { default: Strings };
    await writeFile(join(folder, `locales/${language}.json`), JSON.stringify(byScript(strings)));
  }
}

/** The labels of the controls that the tag draws travel with it, every other text with its script. */
function byScript({ reopen, optOut, ...strings }: Strings): Record<string, Partial<Strings>> {
  const { show: _, unrecorded, ...shown } = strings;
  const isMine = ([key]: [string, string]) => (mineKeys as readonly string[]).includes(key);
  const entries = Object.entries(strings);
  return {
    tag: { reopen, optOut },
    ui: Object.fromEntries(Object.entries(shown).filter((entry) => !isMine(entry))),
    frames: Object.fromEntries(frameKeys.map((key) => [key, strings[key]])),
    record: Object.fromEntries(entries.filter(isMine)),
    files: { unrecorded },
  };
}

/** Builds a page with its scripts and styles: plain files that any server can serve. */
async function buildPage(source: string, folder: string): Promise<void> {
  await build({
    root: join(root, source),
    configFile: false,
    logLevel: "warn",
    base: "./",
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: "es2022",
      modulePreload: { polyfill: false },
    },
  });
}

/** What pages import through their own bundler, which also minifies it; types by the compiler. */
async function buildClient(folder: string): Promise<void> {
  await build({
    root,
    configFile: false,
    logLevel: "warn",
    build: {
      outDir: folder,
      target: "es2022",
      minify: false,
      lib: { entry: "client/client.ts", formats: ["es"], fileName: "client" },
    },
  });
  const compiler = createRequire(import.meta.url).resolve("typescript/package.json");
  await promisify(execFile)(process.execPath, [
    join(dirname(compiler), "bin/tsc"),
    "-p",
    join(root, "client"),
    "--noEmit",
    "false",
    "--outDir",
    folder,
  ]);
  // Side by side, so that it does not show where their sources lie.
  const types = await readFile(join(folder, "client/client.d.ts"), "utf8");
  const beside = types.replaceAll("../widget/core/api/soglas.ts", "./soglas.js");
  await writeFile(join(folder, "client.d.ts"), beside);
  await rename(join(folder, "widget/core/api/soglas.d.ts"), join(folder, "soglas.d.ts"));
  for (const source of ["client", "widget"]) await rm(join(folder, source), { recursive: true });
}

const builders = {
  widget: buildWidget,
  async console(folder: string) {
    await buildPage("gateway/console", folder);
    await build(pieceBuild(folder, "stage", "gateway/console/stage/stage.ts"));
  },
  verify: (folder: string) => buildPage("gateway/verify/page", folder),
  client: buildClient,
};

/** Builds every part, or those that are not there yet. */
export async function buildParts(which: "all" | "missing"): Promise<void> {
  for (const part of ["widget", "console", "verify", "client"] as const)
    if (which === "all" || !isBuilt(part)) await placeWhole(builtFolder(part), builders[part]);
}

if (import.meta.main) await buildParts("all");
