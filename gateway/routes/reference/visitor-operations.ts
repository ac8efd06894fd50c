/** What visitors' browsers, owners' backends and strangers ask. */
import {
  decisionAnswer,
  decisionBody,
  regionAnswer,
  tokenAnswer,
  tokenBody,
} from "../../contract/decision.ts";
import { eventBatch, eventsAnswer } from "../../contract/events.ts";
import { handoverAnswer, handoverBody, redeemAnswer, redeemBody } from "../../contract/handover.ts";
import { serverEventBatch, serverEventsAnswer } from "../../contract/server-events.ts";
import { erasureAnswer, subjectAnswer } from "../../contract/subject.ts";
import type { Operation } from "./operation.ts";

const binary = "application/octet-stream";
const text = "text/plain";

const site: Operation[] = [
  {
    method: "post",
    path: "/v1/sites/{site}/consents",
    summary: "record a decision; sent again under the same id it is recorded once",
    access: "visitor",
    body: decisionBody,
    answer: { status: 201, schema: decisionAnswer },
    errors: ["origin_refused", "config_unknown", "record_conflict", "record_erased"],
  },
  {
    method: "post",
    path: "/v1/sites/{site}/token",
    summary: "a fresh event token for the decision in force, or for an opt-out profile",
    access: "visitor",
    body: tokenBody,
    answer: { status: 200, schema: tokenAnswer },
    errors: ["origin_refused"],
  },
  {
    method: "post",
    path: "/v1/sites/{site}/cookie",
    summary: "the choice's cookie once more, for pages of the gateway's own origin",
    access: "visitor",
    answer: { status: 204 },
    errors: ["origin_refused"],
  },
  {
    method: "post",
    path: "/v1/sites/{site}/handovers",
    summary:
      "a one-time code under which a link carries the choice to another of the site's domains",
    access: "visitor",
    body: handoverBody,
    answer: { status: 201, schema: handoverAnswer },
    errors: ["origin_refused", "config_unknown"],
  },
  {
    method: "post",
    path: "/v1/sites/{site}/handovers/redeem",
    summary: "the choice under a code, once, on the domain it was made for",
    access: "visitor",
    body: redeemBody,
    answer: { status: 200, schema: redeemAnswer },
    errors: ["origin_refused", "not_found"],
  },
  {
    method: "get",
    path: "/v1/sites/{site}/region",
    summary: "the jurisdiction profile in force where the visitor is; the country is not repeated",
    access: "visitor",
    answer: { status: 200, schema: regionAnswer },
  },
  {
    method: "get",
    path: "/v1/sites/{site}/subject",
    summary: "the visitor's own records",
    access: "visitor",
    answer: { status: 200, schema: subjectAnswer },
    errors: ["origin_refused"],
  },
  {
    method: "delete",
    path: "/v1/sites/{site}/subject",
    summary: "erase the visitor's records",
    access: "visitor",
    answer: { status: 200, schema: erasureAnswer },
    errors: ["origin_refused", "legal_hold"],
  },
  {
    method: "post",
    path: "/v1/sites/{site}/events",
    summary: "events of a page, with the token of a decision",
    access: "visitor",
    body: eventBatch,
    answer: { status: 200, schema: eventsAnswer },
    errors: ["origin_refused"],
  },
  {
    method: "post",
    path: "/v1/sites/{site}/server-events",
    summary: "events of the owner's backend, with the visitor's token",
    access: "backend",
    body: serverEventBatch,
    answer: { status: 200, schema: serverEventsAnswer },
  },
  {
    method: "get",
    path: "/v1/sites/{site}/receipts/{record}",
    summary: "a record's receipt, a C2SP tlog-proof; opened with the secret or a staff key",
    access: "anybody",
    answer: { status: 200, type: text },
    errors: ["record_erased"],
  },
];

const logFiles = (base: string): Operation[] => [
  {
    method: "get",
    path: `${base}/checkpoint`,
    summary: "the newest checkpoint, a C2SP signed note",
    access: "anybody",
    answer: { status: 200, type: text },
  },
  {
    method: "get",
    path: `${base}/witnessed-checkpoint`,
    summary: "the newest checkpoint that witnesses have cosigned",
    access: "anybody",
    answer: { status: 200, type: text },
  },
  {
    method: "get",
    path: `${base}/log.json`,
    summary: "name, verifier key and neighbours of the log",
    access: "anybody",
    answer: { status: 200, type: "application/json" },
  },
  {
    method: "get",
    path: `${base}/checkpoints`,
    summary: "every checkpoint ever signed, page by page",
    access: "anybody",
    answer: { status: 200, type: "application/json" },
  },
  {
    method: "get",
    path: `${base}/tile/{path}`,
    summary: "hashes and entries, in the C2SP tlog-tiles layout",
    access: "anybody",
    answer: { status: 200, type: binary },
  },
];

const operations: Operation[] = [
  {
    method: "get",
    path: "/healthz",
    summary: "whether the process answers",
    access: "anybody",
    answer: { status: 200, type: text },
  },
  {
    method: "get",
    path: "/readyz",
    summary: "whether the databases answer",
    access: "anybody",
    answer: { status: 200, type: text },
  },
  {
    method: "get",
    path: "/metrics",
    summary: "measurements for Prometheus",
    access: "anybody",
    answer: { status: 200, type: text },
  },
  {
    method: "get",
    path: "/openapi.json",
    summary: "this document",
    access: "anybody",
    answer: { status: 200, type: "application/json" },
  },
];

const collect = (method: "get" | "post"): Operation => ({
  method,
  path: "/t/{site}/g/collect",
  summary: "what Google's own tag sends when its server_container_url is the gateway",
  access: "anybody",
  answer: { status: 204 },
});

export const visitorOperations: Operation[] = [
  ...site,
  collect("get"),
  collect("post"),
  ...logFiles("/log/{site}/{year}"),
  ...logFiles("/log/{site}/{year}/{epoch}"),
  ...operations,
];
