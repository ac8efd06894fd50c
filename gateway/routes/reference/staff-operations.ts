/** What staff ask, with an access key or from the console. */
import {
  siteList,
  signInBody,
  staffSession,
  recordAnswer,
  recordList,
} from "../../contract/staff/staff.ts";
import { signInBegin, signInStart, waysIn } from "../../contract/openid.ts";
import { auditList, auditQuery } from "../../contract/staff/audit.ts";
import {
  deadLetterChoice,
  deadLetterList,
  deadLetterQuery,
  deadLettersMoved,
} from "../../contract/staff/deliveries.ts";
import {
  erasureBody,
  erasureList,
  erasureListQuery,
  hold,
  holdBody,
  holdList,
  holdListQuery,
} from "../../contract/staff/erasures.ts";
import {
  balanceAnswer,
  balanceQuery,
  deliveriesQuery,
  deliveryList,
} from "../../contract/staff/events.ts";
import { exportQuery } from "../../contract/staff/export.ts";
import { keyBody, keyList, newKey } from "../../contract/staff/keys.ts";
import { overview, overviewQuery, rateList, ratesQuery } from "../../contract/staff/rates.ts";
import { previewBody, replay, replayQuery, shownScripts } from "../../contract/staff/replay.ts";
import { recordListQuery } from "../../contract/staff/search.ts";
import { subjectHistory, subjectState, subjectStateQuery } from "../../contract/staff/subjects.ts";
import { erasureAnswer } from "../../contract/subject.ts";
import {
  differenceQuery,
  draftAnswer,
  draftBody,
  publishAnswer,
  publishBody,
  siteDifference,
  siteTag,
  siteTimeline,
  siteVersion,
  timelineQuery,
} from "../../contract/staff/versions.ts";
import type { Operation } from "./operation.ts";

const read = (
  path: string,
  summary: string,
  schema: NonNullable<Operation["answer"]["schema"]>,
  query?: Operation["query"],
): Operation => ({
  method: "get",
  path: `/v1/staff/${path}`,
  summary,
  access: "staff",
  ...(query && { query }),
  answer: { status: 200, schema },
});

const change = (
  method: "get" | "post" | "delete",
  path: string,
  summary: string,
  answer: Operation["answer"],
  more: Pick<Operation, "body" | "errors"> = {},
): Operation => ({ method, path: `/v1/staff/${path}`, summary, access: "staff", answer, ...more });

const done = { status: 204 };

export const staffOperations: Operation[] = [
  change(
    "post",
    "session",
    "sign in: a key becomes a session",
    { status: 201, schema: staffSession },
    { body: signInBody },
  ),
  {
    ...read("sign-in", "which ways in there are beside access keys", waysIn),
    access: "anybody",
  },
  {
    ...change(
      "post",
      "sign-in/openid",
      "begin signing in at the OpenID provider, from the console's own page",
      { status: 201, schema: signInStart },
      { body: signInBegin, errors: ["unavailable"] },
    ),
    access: "anybody",
  },
  {
    ...change("get", "sign-in/callback", "where the OpenID provider sends people back", {
      status: 303,
    }),
    access: "anybody",
  },
  read("session", "who is asking", staffSession),
  change("delete", "session", "sign out", done),
  change("delete", "sessions", "sign out everywhere: every session of this key ends", done),
  read("sites", "sites that the key covers", siteList),
  read(
    "sites/{site}/versions",
    "a site's timeline: every version, who published it, from when until when it counted",
    siteTimeline,
    timelineQuery,
  ),
  read("sites/{site}/versions/{version}", "one version with its files", siteVersion),
  read(
    "sites/{site}/difference",
    "what changed between two versions, and whether visitors were asked again",
    siteDifference,
    differenceQuery,
  ),
  change(
    "post",
    "sites/{site}/check",
    "everything that is wrong with a draft, or what it would change",
    { status: 200, schema: draftAnswer },
    { body: draftBody },
  ),
  change(
    "post",
    "sites/{site}/versions",
    "publish a version, now or announced for later",
    { status: 201, schema: publishAnswer },
    { body: publishBody, errors: ["version_conflict"] },
  ),
  read("sites/{site}/tag", "the tag to paste, and what a page must allow for it", siteTag),
  read("records", "records by any combination of filters", recordList, recordListQuery),
  read(
    "records/{site}/{record}",
    "one record with its leaf, proof and the verifier's word",
    recordAnswer,
  ),
  read(
    "sites/{site}/configurations/{config}/replay",
    "the banner as visitors were shown it, with what proves its code",
    replay,
    replayQuery,
  ),
  change(
    "post",
    "preview",
    "a site directory as visitors would be shown it; nothing is stored",
    { status: 200, schema: shownScripts },
    { body: previewBody },
  ),
  read("subjects/{site}/{consentId}", "every decision of a visitor", subjectHistory),
  read(
    "subjects/{site}/{consentId}/state",
    "what a visitor had decided at a moment",
    subjectState,
    subjectStateQuery,
  ),
  read(
    "rates",
    "how visitors decided, per day, version, language, country or purpose",
    rateList,
    ratesQuery,
  ),
  read("overview", "how visitors decided lately, on every site", overview, overviewQuery),
  {
    method: "get",
    path: "/v1/staff/sites/{site}/export",
    summary: "records as a file that proves itself: CSV, JSON Lines or receipts",
    access: "staff",
    query: exportQuery,
    answer: { status: 200, type: "text/csv" },
  },
  change(
    "post",
    "erasures",
    "erase a visitor's records",
    { status: 200, schema: erasureAnswer },
    { body: erasureBody, errors: ["legal_hold"] },
  ),
  read("erasures", "erasures of a site", erasureList, erasureListQuery),
  change(
    "post",
    "holds",
    "keep a visitor's records from being erased",
    { status: 201, schema: hold },
    { body: holdBody },
  ),
  read("holds", "legal holds of a site", holdList, holdListQuery),
  change("delete", "holds/{site}/{id}", "lift a legal hold", done),
  read("events/balance", "whether events add up", balanceAnswer, balanceQuery),
  read(
    "events/deliveries",
    "which decisions events were forwarded under",
    deliveryList,
    deliveriesQuery,
  ),
  read("dead-letters", "events that could not be delivered", deadLetterList, deadLetterQuery),
  change(
    "post",
    "dead-letters/replay",
    "send them again",
    { status: 200, schema: deadLettersMoved },
    { body: deadLetterChoice },
  ),
  change(
    "post",
    "dead-letters/discard",
    "throw them away",
    { status: 200, schema: deadLettersMoved },
    { body: deadLetterChoice },
  ),
  read("keys", "access keys, without their secrets", keyList),
  change(
    "post",
    "keys",
    "make an access key; it is shown this once",
    { status: 201, schema: newKey },
    { body: keyBody },
  ),
  change("delete", "keys/{id}", "revoke an access key and end its sessions", done),
  read("audit", "who read, exported or changed what", auditList, auditQuery),
];
