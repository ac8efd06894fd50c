/**
 * Builds what is served: the widget's pieces, the console and the page that checks receipts, into dist/.
 * Vite cannot split an IIFE, so every piece is a build of its own; the gateway composes them per site.
 */
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type InlineConfig } from "vite";
import { builtFolder, isBuilt, placeWhole } from "./built.ts";
import { mineKeys, type Strings } from "./widget/locales/strings.ts";

const root = import.meta.dirname;

/** Piece name → entry. What is not a part reads its configuration from free variables the gateway binds. */
const pieces = {
  core: "widget/tag.ts",
  ga4: "widget/core/services/ga4.ts",
  metrika: "widget/core/services/metrika.ts",
  rules: "widget/core/rules.ts",
  tracker: "widget/core/tracker.ts",
  calls: "widget/core/calls.ts",
  relay: "widget/core/relay.ts",
  ui: "widget/ui.tsx",
  record: "widget/record.ts",
};

/** The recorder's script is lent the interface's Preact. */
const lent = { "preact/jsx-runtime": join(root, "widget/ui/lent/jsx-runtime.ts") };

function pieceBuild(folder: string, name: string, entry: string): InlineConfig {
  return {
    root,
    configFile: false,
    logLevel: "warn",
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    ...(name === "record" && { resolve: { alias: lent } }),
    build: {
      outDir: folder,
      emptyOutDir: false,
      // Constructed style sheets need a browser of 2023 anyway, in which all of this is old.
      target: "es2022",
      // For older ones logical properties would be spelled out.
      cssTarget: ["chrome111", "firefox113", "safari16.4"],
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

/** The label of the control that reopens the choices travels with the tag, every other text with its script. */
function byScript({ reopen, ...strings }: Strings): Record<string, Partial<Strings>> {
  const isMine = ([key]: [string, string]) => (mineKeys as readonly string[]).includes(key);
  const entries = Object.entries(strings);
  return {
    tag: { reopen },
    ui: Object.fromEntries(entries.filter((entry) => !isMine(entry))),
    record: Object.fromEntries(entries.filter(isMine)),
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

const builders = {
  widget: buildWidget,
  console: (folder: string) => buildPage("gateway/console", folder),
  verify: (folder: string) => buildPage("gateway/verify/page", folder),
};

/** Builds every part, or those that are not there yet. */
export async function buildParts(which: "all" | "missing"): Promise<void> {
  for (const part of ["widget", "console", "verify"] as const)
    if (which === "all" || !isBuilt(part)) await placeWhole(builtFolder(part), builders[part]);
}

if (import.meta.main) await buildParts("all");
