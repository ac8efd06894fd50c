/** `POST /v1/sites/{site}/consents` and `…/token`: a decision becomes a record, and a token for events. */
import { createHash } from "node:crypto";
import { Hono } from "hono";
import type { Clock } from "../../clock.ts";
import { decisionBody, tokenBody, type DecisionAnswer } from "../../contract/decision.ts";
import { validUntil } from "../../log/decision-half.ts";
import type { Appended, ConsentLog, DecisionInput, InForce } from "../../log/log.ts";
import { tokenLife, type Tokens } from "../../log/token.ts";
import { grantsAnything, mismatches, recordedPage } from "../../sites/decisions.ts";
import { profilesOf, type OptOutProfile } from "../../sites/profiles.ts";
import { usesGateway } from "../../sites/relay.ts";
import type { SiteConfig, Sites } from "../../sites/sites.ts";
import { HttpError, parseBody, readBody } from "../http.ts";
import type { Observe } from "../observed.ts";
import type { VisitorEnv } from "./door.ts";
import { hex } from "../../log/bytes.ts";

export interface ConsentDeps {
  sites: Sites;
  log: ConsentLog;
  tokens: Tokens;
  clock: Clock;
  observe: Observe;
}

/** Mounted behind `visitorDoor` at `/v1/sites/:site`. */
export function consentRoutes(deps: ConsentDeps): Hono<VisitorEnv> {
  return new Hono<VisitorEnv>()
    .post("/consents", async (c) => {
      const receivedAt = deps.clock.now();
      const bytes = await readBody(c);
      const body = parseBody(bytes, decisionBody);
      const { site } = c.get("site");
      const origin = c.get("origin");
      const shown = await deps.sites.logged(site.id, body.config);
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

      const { agent, country } = deps.observe(c);
      const { browser, device } = agent;
      const { grantDays, refusalDays } = shown.site.validity;
      const input: DecisionInput = {
        site: site.id,
        body: { ...body, page: recordedPage(site, origin, body.page) },
        bodyHash: createHash("sha256").update(bytes).digest(),
        observed: { receivedAt, origin, browser, device, country },
        validDays: grantsAnything(body) ? grantDays : refusalDays,
      };
      const appended = await deps.log.append(input);
      const answer: DecisionAnswer = {
        record: {
          id: appended.recordId,
          log: appended.origin,
          index: appended.index,
          time: appended.time,
        },
        // The record is durable by now: a database that fails here must not make it look lost.
        token: await tokenAfter(deps, input, appended).catch(() => null),
      };
      return c.json(answer, 201);
    })
    .post("/token", async (c) => {
      const body = parseBody(await readBody(c), tokenBody);
      const config = c.get("site");
      if ("profile" in body) {
        // A browser that says no for its visitor gets none, whatever the page asks for.
        const refused = c.req.header("sec-gpc") === "1";
        return c.json({ token: refused ? null : await profileToken(deps, config, body.profile) });
      }
      const { secret } = body;
      const site = config.site.id;
      const subject = await deps.log.subjectOf(site, secret);
      if (!subject) throw new HttpError("not_found", "There is no decision under this secret.");
      return c.json({ token: await tokenInForce(deps, site, subject) });
    });
}

/**
 * A token of nobody, for what runs until a visitor opts out. It counts to the end of the next UTC day, so that
 * everybody who asks on a day gets the same. Null where the site has no such profile, or nothing to send.
 */
async function profileToken(
  { sites, tokens, clock }: ConsentDeps,
  { site, hash }: SiteConfig,
  profile: OptOutProfile,
): Promise<string | null> {
  const services = site.services.filter((service) => usesGateway(service)).map(({ id }) => id);
  const place = profilesOf(site).includes(profile) && (await sites.placeOf(site.id, hash));
  if (!place || services.length === 0) return null;
  const day = 86_400;
  const expires = (Math.floor(clock.now() / 1000 / day) + 2) * day;
  const subject = new Uint8Array(16);
  return tokens.seal({
    site: site.id,
    subject,
    profile,
    config: hash,
    ...place,
    services,
    expires,
  });
}

/** A subject's only decision is the one in force: nothing has to be read to know it. */
async function tokenAfter(
  deps: ConsentDeps,
  input: DecisionInput,
  appended: Appended,
): Promise<string | null> {
  const { services, config } = input.body;
  return appended.only
    ? sealToken(deps, input.site, { ...appended, services, config, validUntil: validUntil(input) })
    : tokenInForce(deps, input.site, appended.subject);
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
  const decision = (await deps.log.inForce([subject])).get(hex(subject));
  return decision ? sealToken(deps, site, decision) : null;
}

type Standing = Pick<InForce, "subject" | "services" | "config" | "log" | "index" | "validUntil">;

function sealToken(deps: ConsentDeps, site: string, decision: Standing): string | null {
  const { subject, config, log, index } = decision;
  const services = Object.keys(decision.services).filter(
    (id) => decision.services[id] === "granted",
  );
  const now = Math.floor(deps.clock.now() / 1000);
  const expires = Math.min(now + tokenLife, decision.validUntil);
  if (services.length === 0 || expires <= now) return null;
  return deps.tokens.seal({ site, subject, config, log, index, services, expires });
}
