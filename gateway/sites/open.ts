/** The sites of an installation: publishing wired to storage and log, reading wired to bounded caches. */
import { createCache } from "../cache.ts";
import { slug } from "../contract/ids.ts";
import { summary as summarySchema } from "../contract/summary.ts";
import { ownTexts } from "../contract/texts.ts";
import type { ServiceVendor } from "../contract/vendors.ts";
import { readBuild, type WidgetBuild } from "./builds.ts";
import { languagePath } from "./directory/paths.ts";
import { openDocuments } from "./documents.ts";
import { embeddingOf } from "./embedding.ts";
import { configAtPlace, placeOfConfig, type Place } from "./places.ts";
import { previewOf } from "./preview.ts";
import { configAt, logStanding, readConfig, type ConfigDeps } from "./publishing/logged-configs.ts";
import { examineSite, publishSite } from "./publishing/publish.ts";
import { readVersionFile } from "./publishing/versions.ts";
import { replayOf } from "./replay.ts";
import { createScripts } from "./scripts/scripts.ts";
import { faceOf, shownScripts, type Material } from "./scripts/shown.ts";
import type { Addresses } from "./scripts/tag-config.ts";
import { PublishError, type SiteConfig, type Sites } from "./sites.ts";

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
  const configs = createCache<SiteConfig | null>({ capacity: 2000 });
  const builds = createCache<WidgetBuild>({ capacity: 4 });
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

  const scripts = createScripts(materialOf, deps);
  const documents = openDocuments({ storage, clock, life, effective, fileOf });

  const publishing = { ...deps, currentBuild: () => buildOf(deps.build) };

  /** What is made of a logged configuration in one of its languages; null where there is no such thing. */
  const inLanguage =
    <T>(make: (config: SiteConfig, language: string) => Promise<T>) =>
    async (site: string, hash: string, language: string) => {
      const config = await logged(site, hash);
      return config?.site.languages.includes(language) ? make(config, language) : null;
    };

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
      documents.forget(published);
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
      return config && scripts.tag(config);
    },
    async first(site, wanted) {
      const config = await effective(site);
      return config && scripts.first(config, wanted);
    },
    async embedding(site) {
      const config = await effective(site);
      return config && embeddingOf(config, deps);
    },
    interface: inLanguage(scripts.interface),
    recorder: inLanguage(scripts.recorder),
    gate: inLanguage(scripts.gate),
    frames: inLanguage(scripts.frames),
    async face(site, choose) {
      const config = await effective(site);
      if (!config) return null;
      const language = choose(config.site.languages);
      const { face, texts } = await faceOf(await materialOf(config), language, deps);
      return { config, face, texts: { ...texts.ui, ...texts.record } };
    },
    replay: inLanguage(async (config, language) =>
      replayOf(storage, await materialOf(config), language, deps),
    ),
    async preview(files, language) {
      const draft = previewOf(files, await buildOf(deps.build), deps.serviceVendors);
      if (!draft.config.site.languages.includes(language)) return null;
      return shownScripts(draft, language, deps);
    },
    document: documents.find,
    async list() {
      const sites = await Promise.all(
        (await siteIds()).map(async (id) => ({ id, config: await effective(id) })),
      );
      return sites.flatMap(({ id, config }) => (config ? [{ id, config }] : []));
    },
  };
}
