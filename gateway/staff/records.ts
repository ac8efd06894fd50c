/** Records as staff see them: the log's decision half, with what the configuration it names adds. */
import type {
  ConfigSummary,
  RecordAnswer,
  RecordList,
  RecordSummary,
} from "../contract/staff/staff.ts";
import { filterOf, type RecordListQuery } from "../contract/staff/search.ts";
import type { SubjectHistory, SubjectState } from "../contract/staff/subjects.ts";
import type { Site } from "../contract/site.ts";
import { commitment } from "../log/commitment.ts";
import type { LogReader, StoredRecord } from "../log/reader.ts";
import type { SiteConfig, Sites } from "../sites/sites.ts";
import { counting } from "./counting.ts";
import type { RecordProofs } from "./proofs.ts";
import type { Place } from "./search/page.ts";
import type { Search } from "./search/search.ts";

export interface StaffRecords {
  /** Records of a site that the query means, from where its cursor says. */
  find(site: Pick<Site, "id" | "name">, query: RecordListQuery): Promise<RecordList>;
  /** One record by its id, or null. */
  one(site: string, recordId: string): Promise<RecordAnswer | null>;
  /**
   * Every decision of a visitor, or null when there is none under this consent id.
   * @param consentId in its stored form. @param now unix seconds
   */
  history(site: string, consentId: string, now: number): Promise<SubjectHistory | null>;
  /**
   * What a visitor had decided at a moment, as the gateway had it on record then; null as above.
   * @param at unix seconds. @param purpose of this purpose alone
   */
  stateAt(
    site: string,
    consentId: string,
    at: number,
    purpose?: string,
  ): Promise<SubjectState | null>;
}

export function staffRecords(deps: {
  records: Pick<LogReader, "record" | "history" | "subjectOfConsentId">;
  sites: Pick<Sites, "logged">;
  search: Pick<Search, "find">;
  proofs: RecordProofs;
}): StaffRecords {
  async function summaryOf(site: string, hash: string): Promise<ConfigSummary> {
    const config = await deps.sites.logged(site, hash);
    if (!config) throw new Error("a record names a configuration that was never logged");
    return describeConfig(config);
  }

  function configsOf(site: string, records: StoredRecord[]): Promise<ConfigSummary[]> {
    const hashes = [...new Set(records.map(({ decision }) => decision.config))];
    return Promise.all(hashes.map((hash) => summaryOf(site, hash)));
  }

  async function subjectRecords(site: string, consentId: string): Promise<StoredRecord[]> {
    const subject = await deps.records.subjectOfConsentId(site, consentId);
    return subject ? deps.records.history(subject) : [];
  }

  return {
    async find({ id: site, name }, query) {
      const { cursor, limit } = query;
      const page = { limit, ...(cursor !== undefined && { after: parseCursor(cursor) }) };
      const { records, next, ...found } = await deps.search.find(site, filterOf(query), page);
      return {
        site: { id: site, name },
        records: records.map((record) => summarise(site, record)),
        configs: await configsOf(site, records),
        ...found,
        next: next && formatCursor(next),
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
          jurisdiction: decision.jurisdiction?.profile ?? null,
          country: decision.country,
        },
        config: await summaryOf(site, decision.config),
        proof: await deps.proofs.of(site, found),
      };
    },

    async history(site, consentId, now) {
      const records = await subjectRecords(site, consentId);
      if (records.length === 0) return null;
      return {
        site,
        records: records.map((record) => summarise(site, record)),
        configs: await configsOf(site, records),
        inForce: counting(records, now)?.recordId ?? null,
      };
    },

    async stateAt(site, consentId, at, purpose) {
      const records = await subjectRecords(site, consentId);
      if (records.length === 0) return null;
      const record = counting(records, at);
      const { purposes = {}, services = {} } = record?.decision ?? {};
      return {
        site,
        at,
        purposes:
          purpose === undefined ? purposes : { [purpose]: purposes[purpose] ?? "not-asked" },
        services,
        record: record && summarise(site, record),
        config: record && (await summaryOf(site, record.decision.config)),
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

const formatCursor = ({ log, index, until }: Place): string =>
  [log, index, ...(until === undefined ? [] : [until])].join("-");

/** @param cursor in the form the contract demands. */
function parseCursor(cursor: string): Place {
  const [log, index, until] = cursor.split("-").map(Number);
  return { log: log!, index: index!, ...(until !== undefined && { until }) };
}
