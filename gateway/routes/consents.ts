/** `POST /v1/sites/{site}/consents` and `…/token`: a decision becomes a record, and a token for events. */
import { createHash } from "node:crypto";
import { Hono } from "hono";
import type { Clock } from "../clock.ts";
import {
  decisionBody,
  tokenBody,
  type DecisionAnswer,
  type DecisionBody,
} from "../contract/decision.ts";
import type { Issue } from "../contract/errors.ts";
import type { Site } from "../contract/site.ts";
import { LogError, type ConsentLog } from "../log/log.ts";
import { tokenLife, type Tokens } from "../log/token.ts";
import { coarseAgent } from "../privacy/user-agent.ts";
import type { Sites } from "../sites/sites.ts";
import { HttpError, parseBody, readBody } from "./http.ts";
import type { VisitorEnv } from "./visitors.ts";

export interface ConsentDeps {
  sites: Sites;
  log: ConsentLog;
  tokens: Tokens;
  clock: Clock;
}

/** Mounted behind `visitorDoor` at `/v1/sites/:site`. */
export function consentRoutes(deps: ConsentDeps): Hono<VisitorEnv> {
  return new Hono<VisitorEnv>()
    .post("/consents", async (c) => {
      const receivedAt = deps.clock.now();
      const bytes = await readBody(c);
      const body = parseBody(bytes, decisionBody);
      const site = c.get("site").site.id;
      const shown = await deps.sites.logged(site, body.config);
      if (!shown)
        throw new HttpError(
          "config_unknown",
          "This configuration was never published for this site; load the script tag again and decide anew.",
        );
      const issues = mismatches(body, shown.site);
      if (issues.length > 0)
        throw new HttpError(
          "invalid_body",
          "The decision does not fit the configuration it names.",
          { issues },
        );

      const agent = coarseAgent(c.req.header("user-agent") ?? "");
      const appended = await deps.log
        .append({
          site,
          body,
          bodyHash: createHash("sha256").update(bytes).digest(),
          observed: {
            receivedAt,
            origin: c.get("origin"),
            browser: agent.browser,
            device: agent.device,
            country: null,
          },
          validDays: grantsAnything(body)
            ? shown.site.validity.grantDays
            : shown.site.validity.refusalDays,
        })
        .catch(refuse);
      const answer: DecisionAnswer = {
        record: {
          id: appended.recordId,
          log: appended.origin,
          index: appended.index,
          time: appended.time,
        },
        token: await tokenInForce(deps, site, appended.subject),
      };
      return c.json(answer, 201);
    })
    .post("/token", async (c) => {
      const { secret } = parseBody(await readBody(c), tokenBody);
      const site = c.get("site").site.id;
      const subject = await deps.log.subjectOf(site, secret);
      if (!subject) throw new HttpError("not_found", "There is no decision under this secret.");
      return c.json({ token: await tokenInForce(deps, site, subject) });
    });
}

/**
 * A token for the decision in force, which need not be the one just received: a late or repeated
 * record never reopens a withdrawal. Null when nothing is granted or the decision has lapsed.
 */
async function tokenInForce(
  deps: ConsentDeps,
  site: string,
  subject: Uint8Array,
): Promise<string | null> {
  const decision = (await deps.log.inForce([subject])).get(Buffer.from(subject).toString("hex"));
  if (!decision) return null;
  const services = Object.keys(decision.services).filter(
    (id) => decision.services[id] === "granted",
  );
  const now = Math.floor(deps.clock.now() / 1000);
  const expires = Math.min(now + tokenLife, decision.validUntil);
  if (services.length === 0 || expires <= now) return null;
  return deps.tokens.seal({
    site,
    subject,
    config: decision.config,
    log: decision.log,
    index: decision.index,
    services,
    expires,
  });
}

function refuse(error: unknown): never {
  if (!(error instanceof LogError)) throw error;
  switch (error.code) {
    case "record_conflict":
      throw new HttpError(
        "record_conflict",
        "This record id was already used for another decision.",
      );
    case "record_erased":
      throw new HttpError(
        "record_erased",
        "This record was erased; decide anew under a new secret.",
      );
    case "overloaded":
      throw new HttpError(
        "unavailable",
        "Too many decisions are waiting to be recorded; send it again.",
        {
          retryAfter: 1,
        },
      );
  }
}

const grantsAnything = (body: DecisionBody) =>
  Object.values(body.services).includes("granted") ||
  Object.values(body.purposes).includes("granted");

/**
 * Where a decision and the configuration it names disagree: every purpose that is asked for and every
 * service must have its state, nothing else may, and what was accepted must be named.
 */
function mismatches(body: DecisionBody, site: Site): Issue[] {
  const asked = site.purposes.filter((purpose) => !purpose.essential).map((purpose) => purpose.id);
  const issues = [
    ...sameKeys("purposes", Object.keys(body.purposes), asked),
    ...sameKeys(
      "services",
      Object.keys(body.services),
      site.services.map((service) => service.id),
    ),
  ];
  const granted = grantsAnything(body);
  for (const { id, purpose } of site.services)
    if (body.services[id] === "granted" && body.purposes[purpose] === "denied")
      issues.push({ path: `services.${id}`, message: "is granted although its purpose is denied" });
  if (!site.languages.includes(body.language))
    issues.push({ path: "language", message: "is not a language of this site" });
  if (
    granted &&
    (body.control === "refuse-all" || body.control === "withdraw" || body.action === "withdraw")
  )
    issues.push({ path: "control", message: "a refusal or withdrawal grants nothing" });
  if (granted && site.jurisdiction === "ru" && !body.documents.includes("consent"))
    issues.push({
      path: "documents",
      message: "under this profile a grant names the consent document it accepts",
    });
  return issues;
}

/** Names of the site are ours to repeat; names of the request are not. */
function sameKeys(path: string, given: string[], expected: string[]): Issue[] {
  const missing = expected.filter((key) => !given.includes(key));
  const unknown = given.filter((key) => !expected.includes(key));
  return [
    ...missing.map((key) => ({
      path: `${path}.${key}`,
      message: "has no state; say granted, denied or not-asked",
    })),
    ...(unknown.length > 0
      ? [{ path, message: `has ${unknown.length} that this site does not know` }]
      : []),
  ];
}
