/** Versions of sites as staff look at them: when each counted, what it consists of, what changed between two. */
import type { Clock } from "../../clock.ts";
import { site as siteSchema, type Site } from "../../contract/site.ts";
import type {
  DraftAnswer,
  SiteDifference,
  SiteTimeline,
  SiteVersion,
} from "../../contract/staff/versions.ts";
import type { Storage } from "../../storage/storage.ts";
import { reasonsToAsk } from "../publishing/revision.ts";
import type { SiteFiles, Sites } from "../sites.ts";
import { configurationText, versionHashes } from "../publishing/versions.ts";
import { comings, configChanges } from "./changes.ts";
import { documentDifferences } from "./documents.ts";
import { readTimeline } from "./timeline.ts";

export interface SiteHistory {
  /** @param at Unix milliseconds: `inForce` is what counted then; now when absent */
  timeline(site: string, at?: number): Promise<SiteTimeline | null>;
  /** One version with its files, or null when it is none of this site. */
  version(site: string, hash: string): Promise<SiteVersion | null>;
  /** Null when one of the two is no version of this site. */
  difference(site: string, from: string, to: string): Promise<SiteDifference | null>;
  /**
   * What is wrong with a draft, or what it would change.
   * @param effectiveAt Unix milliseconds; now when absent
   */
  check(site: string, files: SiteFiles, effectiveAt?: number): Promise<DraftAnswer>;
}

/** What two sides of a difference consist of. */
interface Side {
  hash: string;
  site: Site;
  /** Over the consent document. */
  consent: string;
  files: ReadonlyMap<string, string>;
}

export function openHistory(deps: {
  storage: Storage;
  clock: Clock;
  sites: Pick<Sites, "check">;
}): SiteHistory {
  const { storage, clock } = deps;

  async function sideOf(site: string, hash: string): Promise<Side | null> {
    const row = await storage.main.read
      .selectFrom("site_versions")
      .select(["configuration", "consent_hash"])
      .where("site", "=", site)
      .where("hash", "=", hash)
      .executeTakeFirst();
    if (!row) return null;
    const files = await storage.main.read
      .selectFrom("version_files")
      .innerJoin("blobs", "blobs.hash", "version_files.blob")
      .select(["version_files.path", "blobs.bytes"])
      .where("site", "=", site)
      .where("version", "=", hash)
      .orderBy("path")
      .execute();
    return {
      hash,
      site: siteSchema.parse(JSON.parse(row.configuration)),
      consent: row.consent_hash,
      files: textsOf(files.map(({ path, bytes }) => [path, bytes])),
    };
  }

  const timeline = (site: string, at = clock.now()) =>
    readTimeline(storage, site, { at, now: clock.now() });

  return {
    timeline,
    async version(site, hash) {
      const side = await sideOf(site, hash);
      return (
        side && {
          site,
          version: hash,
          configuration: side.site,
          files: Object.fromEntries(side.files),
        }
      );
    },
    async difference(site, from, to) {
      const [before, after] = await Promise.all([sideOf(site, from), sideOf(site, to)]);
      return before && after && differenceBetween(before, after);
    },
    async check(site, files, effectiveAt) {
      const checked = await deps.sites.check(files, {
        site,
        ...(effectiveAt !== undefined && { effectiveAt }),
      });
      if (!checked.site) return { issues: checked.issues, difference: null };
      const { entries, inForce } = (await timeline(site, effectiveAt)) ?? { entries: [] };
      const standing = entries.find(({ id }) => id === inForce);
      const before = standing && (await sideOf(site, standing.version));
      if (!before) return { issues: [], difference: null };
      const { version, consent } = versionHashes(files, configurationText(checked.site));
      const after = { hash: version, site: checked.site, consent, files: textsOf(files) };
      return { issues: [], difference: { ...differenceBetween(before, after), to: null } };
    },
  };
}

/** As they are, a byte order mark included: published again, they are the same version. */
function textsOf(files: Iterable<[string, Uint8Array]>): Map<string, string> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return new Map([...files].map(([path, bytes]) => [path, decoder.decode(bytes)]));
}

function differenceBetween(before: Side, after: Side): SiteDifference {
  const purposes = comings(before.site.purposes, after.site.purposes);
  const services = comings(before.site.services, after.site.services);
  return {
    from: before.hash,
    to: after.hash,
    asksAgain: reasonsToAsk(before, after),
    purposes: { added: purposes.added.map(named), removed: purposes.removed.map(named) },
    services: { added: services.added.map(received), removed: services.removed.map(received) },
    changes: configChanges(before.site, after.site),
    documents: documentDifferences(before.files, after.files),
  };
}

const named = ({ id, name }: Pick<Site["purposes"][number], "id" | "name">) => ({ id, name });

const received = ({ id, name, recipient }: Site["services"][number]) => ({
  id,
  name,
  recipient: {
    name: recipient.name,
    country: recipient.country,
    crossBorder: recipient.crossBorder,
  },
});
