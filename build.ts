/**
 * Builds what the gateway serves: the widget's pieces and the console, into dist/.
 * Vite cannot split an IIFE, so every piece is a build of its own; the gateway composes them per site.
 */
import { existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type InlineConfig } from "vite";

const root = import.meta.dirname;

/** Piece name → entry. The core and the interface read their configuration from free variables the gateway binds. */
const pieces = {
  core: "widget/tag.ts",
  ga4: "widget/core/services/ga4.ts",
  metrika: "widget/core/services/metrika.ts",
  tracker: "widget/core/tracker.ts",
  ui: "widget/ui.tsx",
};

function pieceBuild(name: string, entry: string): InlineConfig {
  return {
    root,
    configFile: false,
    logLevel: "warn",
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      outDir: join(root, "dist/widget"),
      emptyOutDir: false,
      target: "es2020",
      // Constructed style sheets need these anyway; for older ones logical properties would be spelled out.
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
export async function buildWidget(): Promise<void> {
  await rm(join(root, "dist/widget"), { recursive: true, force: true });
  for (const [name, entry] of Object.entries(pieces)) await build(pieceBuild(name, entry));
  await mkdir(join(root, "dist/widget/locales"), { recursive: true });
  for (const file of await readdir(join(root, "widget/locales"))) {
    const language = file.replace(/\.ts$/, "");
    if (language === "strings") continue;
    const strings = (await import(`./widget/locales/${file}`)) as {
      default: Record<string, string>;
    };
    await writeFile(
      join(root, `dist/widget/locales/${language}.json`),
      JSON.stringify(strings.default),
    );
  }
}

/** Builds the compliance console. */
export async function buildConsole(): Promise<void> {
  await build({
    root: join(root, "gateway/console"),
    configFile: false,
    logLevel: "warn",
    base: "./",
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      outDir: join(root, "dist/console"),
      emptyOutDir: true,
      target: "es2022",
      modulePreload: { polyfill: false },
    },
  });
}

/** Builds the page on which anybody checks a receipt: plain files that any server can serve. */
export async function buildVerify(): Promise<void> {
  await build({
    root: join(root, "gateway/verify/page"),
    configFile: false,
    logLevel: "warn",
    base: "./",
    build: {
      outDir: join(root, "dist/verify"),
      emptyOutDir: true,
      target: "es2022",
      modulePreload: { polyfill: false },
    },
  });
}

/** Builds only what is not there yet. */
export async function buildMissing(): Promise<void> {
  if (!existsSync(join(root, "dist/widget/locales"))) await buildWidget();
  if (!existsSync(join(root, "dist/console/index.html"))) await buildConsole();
  if (!existsSync(join(root, "dist/verify/index.html"))) await buildVerify();
}

if (import.meta.main) {
  if (process.argv.includes("--missing")) await buildMissing();
  else {
    await buildWidget();
    await buildConsole();
    await buildVerify();
  }
}
