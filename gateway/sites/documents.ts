/** Policy and consent documents of published versions, and which of them is in force. */
import { createCache, type Life } from "../cache.ts";
import type { Clock } from "../clock.ts";
import { slug } from "../contract/ids.ts";
import { site as siteSchema, type Site } from "../contract/site.ts";
import type { Storage } from "../storage/storage.ts";
import { languagePath } from "./directory/paths.ts";
import { effectiveMoment } from "./publishing/timeline.ts";
import type { Published, Sites } from "./sites.ts";

interface DocumentsDeps {
  storage: Storage;
  clock: Clock;
  /** How long this process may not see what another one published. */
  life: Life;
  effective: Sites["effective"];
  /** A file of a published version; null where it has none of that path. */
  fileOf: (site: string, version: string, path: string) => Promise<string | null>;
}

interface Documents {
  find: Sites["document"];
  /** A version was published, so it may count from another moment than is remembered. */
  forget(version: Pick<Published, "site" | "version">): void;
}

/** A published version, whether its configuration is logged or not. */
interface Version {
  site: Site;
  /** Hashes of its documents. */
  policy: string;
  consent: string;
}

export function openDocuments({
  storage,
  clock,
  life,
  effective,
  fileOf,
}: DocumentsDeps): Documents {
  const { read } = storage.main;
  const versions = createCache<Version | null>({ capacity: 200 });
  const moments = createCache<number | null>({ capacity: 200, life });

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

  return {
    async find(site, kind, wanted, choose) {
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
    },
    forget: ({ site, version }) => void moments.delete(`${site} ${version}`),
  };
}
