/** A site's timeline as it is read afterwards: what counted from when until when. */
import type { SiteTimeline } from "../../contract/staff/versions.ts";
import type { Storage } from "../../storage/storage.ts";

/**
 * @param at Unix milliseconds: which entry counted then is told
 * @param now Unix milliseconds
 * @returns null for a site that was never published
 */
export async function readTimeline(
  storage: Storage,
  site: string,
  { at, now }: { at: number; now: number },
): Promise<SiteTimeline | null> {
  const rows = await storage.main.read
    .selectFrom("timeline")
    .innerJoin("site_versions", (join) =>
      join
        .onRef("site_versions.site", "=", "timeline.site")
        .onRef("site_versions.hash", "=", "timeline.version"),
    )
    .select([
      "timeline.id",
      "timeline.version",
      "timeline.published_at",
      "timeline.effective_at",
      "timeline.published_by",
      "site_versions.configuration_hash",
      "site_versions.policy_hash",
      "site_versions.consent_hash",
      "site_versions.texts_hash",
    ])
    .where("timeline.site", "=", site)
    .orderBy("timeline.effective_at", "desc")
    .orderBy("timeline.id", "desc")
    .execute();
  const newest = rows.toSorted((a, b) => b.id - a.id)[0];
  if (!newest) return null;
  /** Of several for one moment the one published last counts, and stands first. */
  const counting = rows.filter((row, index) => row.effective_at !== rows[index - 1]?.effective_at);
  const countedAt = (moment: number) => counting.find((row) => row.effective_at <= moment);
  const current = countedAt(now);
  return {
    site,
    newest: newest.version,
    inForce: countedAt(at)?.id ?? null,
    entries: rows.map((row) => {
      const later = counting[counting.indexOf(row) - 1];
      const replaced = !counting.includes(row);
      return {
        id: row.id,
        version: row.version,
        publishedAt: seconds(row.published_at),
        effectiveAt: seconds(row.effective_at),
        until: replaced ? seconds(row.effective_at) : later ? seconds(later.effective_at) : null,
        status: replaced
          ? "replaced"
          : row === current
            ? "in-force"
            : row.effective_at > now
              ? "announced"
              : "superseded",
        publishedBy: row.published_by,
        configuration: row.configuration_hash,
        policy: row.policy_hash,
        consent: row.consent_hash,
        texts: row.texts_hash,
      };
    }),
  };
}

const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000);
