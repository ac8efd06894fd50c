/** `GET` and `DELETE /v1/sites/{site}/subject`: the visitor's own records, for whoever shows the secret. */
import { Hono, type Context } from "hono";
import type { ErasureAnswer, SubjectAnswer } from "../../contract/subject.ts";
import { consentId, displayConsentId } from "../../log/consent-id.ts";
import type { Erasures } from "../../log/erasure/erasures.ts";
import type { ConsentLog } from "../../log/log.ts";
import type { LogReader, StoredRecord } from "../../log/reader.ts";
import { subjectSecret } from "../authorization.ts";
import { HttpError } from "../http.ts";
import type { VisitorEnv } from "./door.ts";

export interface SubjectDeps {
  log: ConsentLog;
  records: LogReader;
  erasures: Erasures;
}

/** Seconds a browser remembers the answer to its preflight. */
const preflightLife = 600;

/** Mounted behind `visitorDoor` at `/v1/sites/:site`. */
export function subjectRoutes({ log, records, erasures }: SubjectDeps): Hono<VisitorEnv> {
  return new Hono<VisitorEnv>()
    .options("/subject", (c) => {
      c.header("Access-Control-Allow-Methods", "GET, DELETE");
      c.header("Access-Control-Allow-Headers", "Authorization");
      c.header("Access-Control-Max-Age", String(preflightLife));
      return c.body(null, 204);
    })
    .get("/subject", async (c) => {
      const site = c.get("site").site.id;
      const secret = shownSecret(c);
      const subject = await log.subjectOf(site, secret);
      const history = subject ? await records.history(subject) : [];
      if (history.length === 0) throw nobody();
      const answer: SubjectAnswer = {
        consentId: displayConsentId(consentId(site, secret)),
        records: await Promise.all(history.map((record) => describe(records, record))),
      };
      return c.json(answer);
    })
    .delete("/subject", async (c) => {
      const site = c.get("site").site.id;
      const name = { site, consentId: consentId(site, shownSecret(c)) };
      const erased = await erasures.erase(name, "visitor");
      if (!erased) throw nobody();
      const answer: ErasureAnswer = erased;
      return c.json(answer);
    });
}

/** The same for a secret never seen and for one whose records were erased. */
const nobody = () => new HttpError("not_found", "There are no records under this secret.");

/** @throws {HttpError} `unauthorized` */
function shownSecret(c: Context): string {
  const secret = subjectSecret(c);
  if (secret !== null) return secret;
  c.header("WWW-Authenticate", 'Subject realm="soglas"');
  throw new HttpError(
    "unauthorized",
    "Show the subject's secret: Authorization: Subject <secret>.",
  );
}

async function describe(
  records: Pick<LogReader, "open">,
  record: StoredRecord,
): Promise<SubjectAnswer["records"][number]> {
  const opened = await records.open(record);
  const { action, purposes, services, config } = record.decision;
  return {
    id: record.recordId,
    log: record.origin,
    index: record.index,
    time: record.time,
    action,
    purposes,
    services,
    config,
    // Absent only when the erasure comes in between.
    page: opened?.half.page ?? "",
  };
}
