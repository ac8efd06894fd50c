/** The scripts of configurations that pages load: composed and compressed when first asked for, and kept. */
import { createCache } from "../../cache.ts";
import { compress, type Compressed } from "../../compress.ts";
import type { SiteConfig } from "../sites.ts";
import { composeGate } from "./compose.ts";
import { languageFor } from "./language.ts";
import {
  firstScript,
  interfaceScript,
  placeholderScript,
  recorderScript,
  tagScript,
  type Material,
} from "./shown.ts";
import type { Addresses } from "./tag-config.ts";

/** Every language is one of the configuration's, where nothing else is said. */
interface Scripts {
  tag(config: SiteConfig): Promise<Compressed>;
  /** @param wanted as {@link languageFor} takes it: the tag alone where that finds nothing */
  first(config: SiteConfig, wanted: string): Promise<Compressed>;
  interface(config: SiteConfig, language: string): Promise<Compressed>;
  recorder(config: SiteConfig, language: string): Promise<Compressed>;
  /** Null from a build whose tag always has it. */
  gate(config: SiteConfig): Promise<Compressed | null>;
  /** Null where nothing is embedded. */
  frames(config: SiteConfig, language: string): Promise<Compressed | null>;
}

/** @param materialOf what the scripts of a configuration are made of */
export function createScripts(
  materialOf: (config: SiteConfig) => Promise<Material>,
  addresses: Addresses,
): Scripts {
  const scripts = createCache<Compressed>({ capacity: 500 });
  /** Those that some configurations have none of. */
  const optional = createCache<Compressed | null>({ capacity: 100 });
  const compressed = (script: string | null) => (script === null ? null : compress(script));

  const tag = (config: SiteConfig) =>
    scripts.get(`tag ${config.hash}`, async () =>
      compress(await tagScript(await materialOf(config), addresses)),
    );

  return {
    tag,
    async first(config, wanted) {
      const language = languageFor(config.site.languages, wanted);
      if (language === null) return tag(config);
      return scripts.get(`first ${config.hash} ${language}`, async () =>
        compress(await firstScript(await materialOf(config), language, addresses)),
      );
    },
    interface: (config, language) =>
      scripts.get(`interface ${config.hash} ${language}`, async () =>
        compress(await interfaceScript(await materialOf(config), language, addresses)),
      ),
    recorder: (config, language) =>
      scripts.get(`recorder ${config.hash} ${language}`, async () =>
        compress(await recorderScript(await materialOf(config), language)),
      ),
    // Everything of it is the build's.
    gate: (config) =>
      optional.get(`gate ${config.build}`, async () =>
        compressed(composeGate((await materialOf(config)).build)),
      ),
    frames: (config, language) =>
      optional.get(`frames ${config.hash} ${language}`, async () =>
        compressed(await placeholderScript(await materialOf(config), language, addresses)),
      ),
  };
}
