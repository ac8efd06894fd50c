/** The sites of an installation: publishing wired to storage and log, reading wired to bounded caches. */
import { slug } from "../contract/ids.ts";
import { site as siteSchema, type Site } from "../contract/site.ts";
import type { ServiceVendor } from "../contract/vendors.ts";
import { summary as summarySchema } from "../contract/summary.ts";
import { ownTexts } from "../contract/texts.ts";
import { readBuild, type WidgetBuild } from "./builds.ts";
import { createCache } from "../cache.ts";
import { embeddingOf } from "./embedding.ts";
import { compress, type Compressed } from "../compress.ts";
import { configAt, logStanding, readConfig, type ConfigDeps } from "./publishing/logged-configs.ts";
import type { Addresses } from "./scripts/tag-config.ts";
import { languagePath } from "./directory/paths.ts";
import { configAtPlace, placeOfConfig, type Place } from "./places.ts";
import { examineSite, publishSite } from "./publishing/publish.ts";
import {
  PublishError,
  type DocumentKind,
  type PublishedDocument,
  type SiteConfig,
  type Sites,
} from "./sites.ts";
import { previewOf } from "./preview.ts";
import { replayOf } from "./replay.ts";
import {
  faceOf,
  firstScript,
  interfaceScript,
  placeholderScript,
  recorderScript,
  shownScripts,
  tagScript,
  type Material,
} from "./scripts/shown.ts";
import { composeGate } from "./scripts/compose.ts";
import { languageFor } from "./scripts/language.ts";
import { effectiveMoment } from "./publishing/timeline.ts";
import { readVersionFile } from "./publishing/versions.ts";

interface SitesDeps extends ConfigDeps, Addresses {
  /** Whose services a site may have. */
  serviceVendors: readonly ServiceVendor[];
}

/** How long this process may not see what another one published, milliseconds. */
const effectiveLife = 1000;

/**
 * Opens the sites and logs what counts now or is announced with this gateway's widget build, where it is
 * not yet logged so.
 * @param deps `build` is what {@link storeBuild} returned; `publicUrl` has no trailing slash
 * @throws {LogError} when the log cannot take the configurations of a new build
 */
export async function openSites(deps: SitesDeps): Promise<Sites> {
  const { storage, clock } = deps;
  const read = storage.main.read;
  const life = { clock, milliseconds: effectiveLife };
  const current = createCache<SiteConfig | null>({ capacity: 2000, life });
  const moments = createCache<number | null>({ capacity: 200, life });
  const configs = createCache<SiteConfig | null>({ capacity: 2000 });
  const builds = createCache<WidgetBuild>({ capacity: 4 });
  const scripts = createCache<Compressed>({ capacity: 500 });
  /** Scripts that some configurations have none of. */
  const optional = createCache<Compressed | null>({ capacity: 100 });
  const compressed = (script: string | null) => (script === null ? null : compress(script));
  const versions = createCache<Version | null>({ capacity: 200 });
  const places = createCache<Place | null>({ capacity: 2000, life });
  const hashes = createCache<string | null>({ capacity: 2000, life });
  const texts = createCache<string | null>({ capacity: 200 });

  const buildOf = (hash: string) => builds.get(hash, () => readBuild(storage, hash));
  const fileOf = (site: string, version: string, path: string) =>
    texts.get(`${site} ${version} ${path}`, () => readVersionFile(storage, site, version, path));
  const logged = async (site: string, config: string) =>
    slug.safeParse(site).success
      ? configs.get(`${site} ${config}`, () => readConfig(storage, site, config))
      : null;

  const siteIds = async () =>
    (await read.selectFrom("sites").select("id").orderBy("id").execute()).map(({ id }) => id);
  for (const site of await siteIds()) await logStanding(deps, site);

  async function effective(site: string): Promise<SiteConfig | null> {
    if (!slug.safeParse(site).success) return null;
    return current.get(site, async () => {
      const config = await configAt(storage, site, clock.now());
      return config && logged(site, config.hash);
    });
  }

  const materialOf = async (config: SiteConfig): Promise<Material> => {
    const { site, version } = config;
    const read = (folder: "summary" | "texts", language: string) =>
      fileOf(site.id, version, languagePath(folder, language));
    return {
      config,
      build: await buildOf(config.build),
      summary: async (language) =>
        summarySchema.parse(JSON.parse((await read("summary", language)) ?? "null")),
      own: async (language) => ownTexts.parse(JSON.parse((await read("texts", language)) ?? "{}")),
    };
  };

  async function makeTag(config: SiteConfig): Promise<Compressed> {
    return compress(await tagScript(await materialOf(config), deps));
  }

  async function makeFirst(config: SiteConfig, language: string): Promise<Compressed> {
    return compress(await firstScript(await materialOf(config), language, deps));
  }

  async function makeInterface(config: SiteConfig, language: string): Promise<Compressed> {
    return compress(await interfaceScript(await materialOf(config), language, deps));
  }

  async function makeRecorder(config: SiteConfig, language: string): Promise<Compressed> {
    return compress(await recorderScript(await materialOf(config), language));
  }

  async function findDocument(
    site: string,
    kind: DocumentKind,
    wanted: string,
    choose: (languages: string[]) => string,
  ): Promise<PublishedDocument | null> {
    const now = await effective(site);
    const hash = wanted === "latest" ? now?.version : wanted;
    if (hash === undefined || !slug.safeParse(site).success) return null;
    const version = await versions.get(`${site} ${hash}`, () => readVersion(site, hash));
    if (!version) return null;
    const effectiveAt = await moments.get(`${site} ${hash}`, () =>
      effectiveMoment(read, site, hash, clock.now()),
    );
    const language = choose(version.site.languages);
    const markdown = await fileOf(site, hash, languagePath(kind, language));
    if (effectiveAt === null || markdown === null) return null;
    const inForce = now && (kind === "policy" ? now.policyHash : now.consentHash);
    const announced = effectiveAt > clock.now() ? "announced" : "superseded";
    return {
      site: version.site,
      language,
      markdown,
      version: hash,
      hash: version[kind],
      effectiveAt,
      status: inForce === version[kind] ? "in-force" : announced,
    };
  }

  async function readVersion(site: string, hash: string): Promise<Version | null> {
    const row = await read
      .selectFrom("site_versions")
      .select(["configuration", "policy_hash", "consent_hash"])
      .where("site", "=", site)
      .where("hash", "=", hash)
      .executeTakeFirst();
    if (!row) return null;
    const published = siteSchema.parse(JSON.parse(row.configuration));
    return { site: published, policy: row.policy_hash, consent: row.consent_hash };
  }

  const publishing = { ...deps, currentBuild: () => buildOf(deps.build) };

  const tagOf = (config: SiteConfig) => scripts.get(`tag ${config.hash}`, () => makeTag(config));

  return {
    async check(files, options = {}) {
      try {
        return { site: await examineSite(publishing, files, options), issues: [] };
      } catch (error) {
        if (!(error instanceof PublishError)) throw error;
        return { site: null, issues: error.issues };
      }
    },
    async publish(files, options = {}) {
      const published = await publishSite(publishing, files, options);
      current.delete(published.site);
      moments.delete(`${published.site} ${published.version}`);
      return published;
    },
    effective,
    logged,
    placeOf: (site, config) =>
      places.get(`${site} ${config}`, () => placeOfConfig(storage.main, site, config)),
    async loggedAt(site, place) {
      const hash = await hashes.get(`${site} ${place.log} ${place.index}`, () =>
        configAtPlace(storage.main, site, place),
      );
      return hash === null ? null : logged(site, hash);
    },
    async tag(site) {
      const config = await effective(site);
      return config && tagOf(config);
    },
    async first(site, wanted) {
      const config = await effective(site);
      if (!config) return null;
      const language = languageFor(config.site.languages, wanted);
      return language === null
        ? tagOf(config)
        : scripts.get(`first ${config.hash} ${language}`, () => makeFirst(config, language));
    },
    async embedding(site) {
      const config = await effective(site);
      return config && embeddingOf(config, deps);
    },
    async interface(site, hash, language) {
      const config = await logged(site, hash);
      if (!config?.site.languages.includes(language)) return null;
      return scripts.get(`interface ${hash} ${language}`, () => makeInterface(config, language));
    },
    async gate(site, hash, language) {
      const config = await logged(site, hash);
      if (!config?.site.languages.includes(language)) return null;
      return optional.get(`gate ${config.build}`, async () =>
        compressed(composeGate((await materialOf(config)).build)),
      );
    },
    async frames(site, hash, language) {
      const config = await logged(site, hash);
      if (!config?.site.languages.includes(language)) return null;
      return optional.get(`frames ${hash} ${language}`, async () =>
        compressed(await placeholderScript(await materialOf(config), language, deps)),
      );
    },
    async recorder(site, hash, language) {
      const config = await logged(site, hash);
      if (!config?.site.languages.includes(language)) return null;
      return scripts.get(`recorder ${hash} ${language}`, () => makeRecorder(config, language));
    },
    async face(site, choose) {
      const config = await effective(site);
      if (!config) return null;
      const language = choose(config.site.languages);
      const { face, texts } = await faceOf(await materialOf(config), language, deps);
      return { config, face, texts: { ...texts.ui, ...texts.record } };
    },
    async replay(site, hash, language) {
      const config = await logged(site, hash);
      if (!config?.site.languages.includes(language)) return null;
      return replayOf(storage, await materialOf(config), language, deps);
    },
    async preview(files, language) {
      const draft = previewOf(files, await buildOf(deps.build), deps.serviceVendors);
      if (!draft.config.site.languages.includes(language)) return null;
      return shownScripts(draft, language, deps);
    },
    document: findDocument,
    async list() {
      const sites = await Promise.all(
        (await siteIds()).map(async (id) => ({ id, config: await effective(id) })),
      );
      return sites.flatMap(({ id, config }) => (config ? [{ id, config }] : []));
    },
  };
}

/** A published version, whether its configuration is logged or not. */
interface Version {
  site: Site;
  policy: string;
  consent: string;
}
