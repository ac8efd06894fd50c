/** `/v1/staff/sites/{site}/export`: records as a file, streamed. */
import { Hono } from "hono";
import { exportQuery } from "../../contract/staff/export.ts";
import { filterOf } from "../../contract/staff/search.ts";
import type { Logger } from "../../logger.ts";
import type { Audit } from "../../staff/audit.ts";
import type { Exported, Exports } from "../../staff/export/exports.ts";
import { auditedFilter } from "../../staff/search/audited.ts";
import { parseQuery } from "../http.ts";
import { requirePermission, type CoveredSite, type StaffEnv } from "./access.ts";

export interface StaffExportDeps {
  exports: Exports;
  audit: Audit;
  coveredSite: CoveredSite;
  logger: Logger;
}

/** Mounted behind `staffDoor`. */
export function staffExportRoutes({ exports, audit, coveredSite, logger }: StaffExportDeps) {
  return new Hono<StaffEnv>().get("/v1/staff/sites/:site/export", async (c) => {
    const holder = c.get("holder");
    requirePermission(holder, "records:export");
    const query = parseQuery(c.req.query(), exportQuery);
    const site = await coveredSite(holder, c.req.param("site"));
    const filter = filterOf(query);
    const note = (done: boolean, count: number) =>
      audit.note({
        keyId: holder.keyId,
        action: "records.export",
        detail: { site: site.id, form: query.form, done, ...auditedFilter(filter, site) },
        count,
      });
    // Before the first byte: what cannot be noted does not leave.
    await note(false, 0);
    const exported = await exports.open(site.id, filter, query.form);
    const body = streamOf(exported, note, (error) =>
      logger.error({ requestId: c.get("requestId") }, "an export was broken off", error),
    );
    c.header("Content-Type", exported.contentType);
    c.header("Content-Disposition", `attachment; filename="${exported.fileName}"`);
    // For `soglas verify export`; where trust is needed they come from elsewhere.
    c.header("Soglas-Verifier-Keys", exported.keys.join(" "));
    return c.body(body);
  });
}

/**
 * A stream that makes the next piece when the reader has taken the last, and notes at its end, or when
 * the reader goes away, how many records went out. A failure breaks it off: without its last row no file
 * passes for a whole one.
 */
function streamOf(
  { chunks, records }: Exported,
  note: (done: boolean, count: number) => Promise<void>,
  failed: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await chunks.next();
          if (done === true) {
            await note(true, records());
            controller.close();
          } else controller.enqueue(value);
        } catch (error) {
          failed(error);
          controller.error(error);
        }
      },
      async cancel() {
        await chunks.return(undefined);
        await note(false, records());
      },
    },
    { highWaterMark: 1 },
  );
}
