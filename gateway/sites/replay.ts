/** A logged configuration as visitors were shown it, with the evidence that its code is the code logged. */
import type { Replay } from "../contract/staff/replay.ts";
import type { Storage } from "../storage/storage.ts";
import type { WidgetBuild } from "./builds.ts";
import type { Addresses } from "./scripts/tag-config.ts";
import { shownScripts, type Material } from "./scripts/shown.ts";

/** @param language one of the site's */
export async function replayOf(
  storage: Storage,
  material: Material,
  language: string,
  addresses: Addresses,
): Promise<Replay> {
  const { config, build } = material;
  const { statement } = await storage.main.read
    .selectFrom("configs")
    .select("statement")
    .where("hash", "=", config.hash)
    .executeTakeFirstOrThrow();
  const scripts = await shownScripts(material, language, addresses);
  return {
    site: config.site.id,
    config: config.hash,
    version: config.version,
    build: build.hash,
    scripts,
    evidence: {
      statement: new TextDecoder().decode(statement),
      files: build.files,
      pieces: piecesIn([scripts.tag, ...Object.values(scripts.loaded)], build),
    },
  };
}

/** Those of a build's pieces that scripts hold, whole, by their path in the build. */
function piecesIn(scripts: string[], { pieces }: WidgetBuild): Record<string, string> {
  const held = [...pieces].filter(([, text]) =>
    scripts.some((script) => script.includes(text.trim().replace(/;$/, ""))),
  );
  return Object.fromEntries(held.map(([name, text]) => [`${name}.js`, text]));
}
