/**
 * `/p/{site}/choices`: choosing without scripts. The form's record goes the way of every other, and the
 * cookie it sets is the widget's own. A form of somebody else's page never gets here: its origin must be ours.
 */
import { createHash, randomBytes } from "node:crypto";
import { Hono, type Context } from "hono";
import { getCookie } from "hono/cookie";
import { id128Form } from "../contract/forms.ts";
import type { DecisionInput } from "../log/log.ts";
import { choicesPolicy, renderChoicesPage } from "../policy/choices/page.ts";
import { chooseLanguage } from "../policy/languages.ts";
import {
  choiceText,
  cookieReach,
  daysOf,
  readChoice,
  type KeptChoice,
} from "../sites/choices/cookie.ts";
import { decisionOf } from "../sites/choices/form.ts";
import { grantsAnything, recordedPage } from "../sites/decisions.ts";
import type { Face, SiteConfig } from "../sites/sites.ts";
import type { ConsentDeps } from "./visitors/consents.ts";
import { HttpError, readBody, type HttpEnv } from "./http.ts";
import type { Budget } from "./limits.ts";

export interface ChoicesDeps extends Omit<ConsentDeps, "tokens"> {
  budget: Budget;
  /** Base URL of the gateway, without a trailing slash. */
  publicUrl: string;
}

/** Longest form of as many purposes and services as a site may have, bytes. */
const formLimit = 8192;

const headers = {
  "Content-Security-Policy": choicesPolicy,
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cache-Control": "no-store",
  // Without one, browsers send forms with the origin `null`.
  "Referrer-Policy": "same-origin",
  Vary: "Accept-Language, Cookie",
};

export function choicesRoutes(deps: ChoicesDeps): Hono<HttpEnv> {
  const { origin, hostname, protocol } = new URL(deps.publicUrl);

  async function faceOf(c: Context<HttpEnv>): Promise<Face> {
    const face = await deps.sites.face(c.req.param("site") ?? "", (languages) =>
      chooseLanguage(languages, c.req.query("lang"), c.req.header("accept-language")),
    );
    if (!face) throw new HttpError("not_found", "There is no such site on this gateway.");
    return face;
  }

  const keptOf = (c: Context<HttpEnv>, config: SiteConfig) =>
    readChoice(getCookie(c, config.site.cookie.name), config, Math.floor(deps.clock.now() / 1000));

  async function show(
    c: Context<HttpEnv>,
    { config, face, texts }: Face,
    kept: KeptChoice | null,
    saved: string | null,
  ): Promise<Response> {
    const { site } = config;
    const states = { ...kept?.choice?.purposes, ...kept?.choice?.services };
    const text = await renderChoicesPage({
      siteName: site.name[face.language] ?? site.id,
      languages: site.languages,
      face,
      texts,
      granted: new Set(Object.keys(states).filter((id) => states[id])),
      form:
        cookieReach(config, hostname) === null
          ? null
          : {
              record: randomId(),
              config: config.hash,
              ...(!kept?.secret && { secret: randomId() }),
            },
      local: site.cookie.keep === "local",
      saved,
    });
    return c.html(text, 200, { ...headers, "Content-Language": face.language });
  }

  return new Hono<HttpEnv>()
    .get("/p/:site/choices", async (c) => {
      const face = await faceOf(c);
      return show(c, face, keptOf(c, face.config), savedReceipt(c.req.query("saved"), deps, face));
    })
    .post("/p/:site/choices", async (c) => {
      if (c.req.header("origin") !== origin)
        throw new HttpError("origin_refused", "This form is only taken from its own page.");
      const receivedAt = deps.clock.now();
      const face = await faceOf(c);
      const { config } = face;
      const { site } = config;
      const reach = cookieReach(config, hostname);
      if (reach === null)
        throw new HttpError(
          "origin_refused",
          "A choice made here would not reach the site: it has another address, or keeps choices where only scripts write.",
        );
      await deps.budget(c, site.id);
      const bytes = await readBody(c, formLimit);
      const form = new URLSearchParams(new TextDecoder().decode(bytes));
      // What was shown is not what counts now: the page is shown again as it is now, and nothing is recorded.
      if (form.get("config") !== config.hash) return show(c, face, keptOf(c, config), null);
      const kept = keptOf(c, config);
      const body = decisionOf(form, face, kept, Math.floor(receivedAt / 1000), {
        page: recordedPage(site, origin, new URL(c.req.url).pathname),
        gpc: c.req.header("sec-gpc") === "1",
      });
      if (!body)
        throw new HttpError(
          "invalid_body",
          "This form is not as the page made it; load the page again.",
        );
      const { agent, country } = deps.observe(c);
      const { browser, device } = agent;
      const { grantDays, refusalDays } = site.validity;
      const input: DecisionInput = {
        site: site.id,
        body,
        bodyHash: createHash("sha256").update(bytes).digest(),
        observed: { receivedAt, origin, browser, device, country },
        validDays: grantsAnything(body) ? grantDays : refusalDays,
      };
      const { fresh } = await deps.log.append(input);
      // Sent twice, it was recorded once, and a visitor who has its cookie already keeps that.
      if (fresh || !kept?.secret) {
        const text = choiceText(body, config);
        const days = daysOf(config, readChoice(text, config, body.time)?.choice ?? null);
        c.header(
          "Set-Cookie",
          [
            `${site.cookie.name}=${text}`,
            "Path=/",
            `Max-Age=${days * 86_400}`,
            "SameSite=Lax",
            ...(protocol === "https:" ? ["Secure"] : []),
            ...(reach === "" ? [] : [`Domain=${reach}`]),
          ].join("; "),
        );
      }
      const after = new URLSearchParams({ lang: face.face.language, saved: body.id });
      c.header("Cache-Control", "no-store");
      return c.redirect(`?${after}`, 303);
    });
}

const randomId = () => randomBytes(16).toString("base64url");

/** Where the receipt of a record is, if what the address names can be one. */
function savedReceipt(
  record: string | undefined,
  { publicUrl }: ChoicesDeps,
  { config }: Face,
): string | null {
  if (record === undefined || !id128Form.test(record)) return null;
  return `${publicUrl}/v1/sites/${config.site.id}/receipts/${record}`;
}
