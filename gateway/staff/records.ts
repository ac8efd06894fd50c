/** Records as staff see them: the log's decision half, with what the configuration it names adds. */
import type {
  ConfigSummary,
  RecordAnswer,
  RecordList,
  RecordListQuery,
  RecordSummary,
} from "../contract/staff.ts";
import type { Site } from "../contract/site.ts";
import { commitment } from "../log/commitment.ts";
import type { Cursor, LogReader, StoredRecord } from "../log/reader.ts";
import type { SiteConfig, Sites } from "../sites/sites.ts";

export interface StaffRecords {
  /** Records of a site, latest first, from where `cursor` says. */
  latest(
    site: Pick<Site, "id" | "name">,
    query: Pick<RecordListQuery, "cursor" | "limit">,
  ): Promise<RecordList>;
  /** One record by its id, or null. */
  one(site: string, recordId: string): Promise<RecordAnswer | null>;
}

export function staffRecords(deps: {
  records: Pick<LogReader, "latest" | "record">;
  sites: Pick<Sites, "logged">;
}): StaffRecords {
  async function summaryOf(site: string, hash: string): Promise<ConfigSummary> {
    const config = await deps.sites.logged(site, hash);
    if (!config) throw new Error("a record names a configuration that was never logged");
    return describeConfig(config);
  }

  return {
    async latest({ id: site, name }, { cursor, limit }) {
      // One more than asked for tells whether there is a next page.
      const found = await deps.records.latest(site, {
        limit: limit + 1,
        ...(cursor !== undefined && { before: parseCursor(cursor) }),
      });
      const page = found.slice(0, limit);
      const hashes = [...new Set(page.map((record) => record.decision.config))];
      const last = page.at(-1);
      return {
        site: { id: site, name },
        records: page.map((record) => summarise(site, record)),
        configs: await Promise.all(hashes.map((hash) => summaryOf(site, hash))),
        next: last && found.length > limit ? formatCursor(last) : null,
      };
    },

    async one(site, recordId) {
      const found = await deps.records.record(site, recordId);
      if (!found) return null;
      const { decision } = found;
      return {
        record: {
          ...summarise(site, found),
          log: found.origin,
          index: found.index,
          commitment: commitment("decision", found.decisionSalt, found.decisionBytes).toString(
            "base64url",
          ),
          services: decision.services,
          offered: decision.offered,
          documents: decision.documents,
          theme: decision.theme,
          viewport: decision.viewport,
          gpc: decision.gpc,
          country: decision.country,
        },
        config: await summaryOf(site, decision.config),
      };
    },
  };
}

function summarise(
  site: string,
  { recordId, time, decision, sealed }: StoredRecord,
): RecordSummary {
  return {
    id: recordId,
    site,
    config: decision.config,
    time,
    clientTime: decision.time,
    late: decision.late,
    validUntil: decision.until,
    action: decision.action,
    place: decision.place,
    control: decision.control,
    purposes: decision.purposes,
    language: decision.language,
    origin: decision.origin,
    browser: decision.browser,
    device: decision.device,
    erased: sealed === null,
  };
}

function describeConfig(config: SiteConfig): ConfigSummary {
  return {
    hash: config.hash,
    version: config.version,
    build: config.build,
    policy: config.policyHash,
    consent: config.consentHash,
    effectiveAt: Math.floor(config.effectiveAt / 1000),
    jurisdiction: config.site.jurisdiction,
    purposes: config.site.purposes.map(({ id, name, essential, basis }) => ({
      id,
      name,
      essential,
      basis,
    })),
    services: config.site.services.map(({ id, name, purpose, mode, recipient }) => ({
      id,
      name,
      purpose,
      mode,
      recipient: {
        name: recipient.name,
        country: recipient.country,
        crossBorder: recipient.crossBorder,
      },
    })),
  };
}

const formatCursor = ({ log, index }: Cursor): string => `${log}-${index}`;

/** @param cursor in the form the contract demands. */
function parseCursor(cursor: string): Cursor {
  const [log, index] = cursor.split("-").map(Number);
  return { log: log!, index: index! };
}
