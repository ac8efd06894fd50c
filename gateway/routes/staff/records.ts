/** `/v1/staff/records` and `/v1/staff/subjects`: what was decided. Consent ids never enter the audit trail. */
import { Hono } from "hono";
import type { Clock } from "../../clock.ts";
import { id128 } from "../../contract/ids.ts";
import type { RecordAnswer, RecordList } from "../../contract/staff/staff.ts";
import { filterOf, recordListQuery } from "../../contract/staff/search.ts";
import {
  subjectStateQuery,
  type SubjectHistory,
  type SubjectState,
} from "../../contract/staff/subjects.ts";
import { parseConsentId } from "../../log/consent-id.ts";
import type { Audit } from "../../staff/audit.ts";
import type { StaffRecords } from "../../staff/records.ts";
import { auditedFilter } from "../../staff/search/audited.ts";
import { parseQuery } from "../http.ts";
import { notThere, requirePermission, type CoveredSite, type StaffEnv } from "./access.ts";

export interface StaffRecordDeps {
  staffRecords: StaffRecords;
  audit: Audit;
  coveredSite: CoveredSite;
  clock: Clock;
}

/** Mounted behind `staffDoor`. */
export function staffRecordRoutes(deps: StaffRecordDeps): Hono<StaffEnv> {
  const { staffRecords, audit, coveredSite, clock } = deps;
  const now = () => Math.floor(clock.now() / 1000);

  return new Hono<StaffEnv>()
    .get("/v1/staff/records", async (c) => {
      const holder = c.get("holder");
      requirePermission(holder, "records:read");
      const query = parseQuery(c.req.query(), recordListQuery);
      const site = await coveredSite(holder, query.site);
      const answer: RecordList = await staffRecords.find(site, query);
      await audit.note({
        keyId: holder.keyId,
        action: "records.list",
        detail: {
          site: site.id,
          limit: query.limit,
          further: query.cursor !== undefined,
          ...auditedFilter(filterOf(query), site),
        },
        count: answer.records.length,
      });
      return c.json(answer);
    })
    .get("/v1/staff/records/:site/:record", async (c) => {
      const holder = c.get("holder");
      requirePermission(holder, "records:read");
      const wanted = id128.safeParse(c.req.param("record"));
      const site = await coveredSite(holder, c.req.param("site"));
      if (!wanted.success) throw notThere();
      const answer: RecordAnswer | null = await staffRecords.one(site.id, wanted.data);
      await audit.note({
        keyId: holder.keyId,
        action: "record.read",
        // An id that is not ours is the client's text, and is not kept.
        detail: { site: site.id, record: answer ? answer.record.id : null },
        count: answer ? 1 : 0,
      });
      if (!answer) throw notThere();
      return c.json(answer);
    })
    .get("/v1/staff/subjects/:site/:consentId", async (c) => {
      const holder = c.get("holder");
      requirePermission(holder, "records:read");
      const { id: site } = await coveredSite(holder, c.req.param("site"));
      const consentId = parseConsentId(c.req.param("consentId"));
      const answer: SubjectHistory | null =
        consentId === null ? null : await staffRecords.history(site, consentId, now());
      await audit.note({
        keyId: holder.keyId,
        action: "subject.read",
        detail: { site },
        count: answer?.records.length ?? 0,
      });
      if (!answer) throw notThere();
      return c.json(answer);
    })
    .get("/v1/staff/subjects/:site/:consentId/state", async (c) => {
      const holder = c.get("holder");
      requirePermission(holder, "records:read");
      const { purpose, at = now() } = parseQuery(c.req.query(), subjectStateQuery);
      const { id: site, purposes } = await coveredSite(holder, c.req.param("site"));
      const consentId = parseConsentId(c.req.param("consentId"));
      const answer: SubjectState | null =
        consentId === null ? null : await staffRecords.stateAt(site, consentId, at, purpose);
      // A purpose that the site does not know is the client's text.
      const known = purposes.some(({ id }) => id === purpose);
      await audit.note({
        keyId: holder.keyId,
        action: "subject.read",
        detail: { site, at, purpose: known && purpose ? purpose : null },
        count: answer?.record ? 1 : 0,
      });
      if (!answer) throw notThere();
      return c.json(answer);
    });
}
