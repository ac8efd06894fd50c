/**
 * `/v1/staff/sign-in`: the way in through an OpenID provider. Before `staffDoor`, since nobody is known yet.
 *
 * The session cookie is `SameSite=Strict`, and whoever comes back from the provider was sent by another
 * site. So the callback reads no session: it sets the cookie and sends the browser to the console, whose
 * document is the same for everybody; the requests that the console then makes are of its own origin.
 */
import { Hono, type Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { SignInProblem } from "../../contract/forms.ts";
import { signInBegin, type SignInStart, type WaysIn } from "../../contract/openid.ts";
import { callbackPath, SignInError } from "../../staff/openid/provider.ts";
import { transactionLife } from "../../staff/openid/transaction.ts";
import type { Staff } from "../../staff/staff.ts";
import { HttpError, parseBody, readBody, type HttpEnv } from "../http.ts";
import type { Budget } from "../limits.ts";
import { requireOwnPage, type ConsoleCookie } from "./access.ts";

export interface SignInDeps {
  staff: Staff;
  /** Ways through the provider that are begun or ended, per address and in all. */
  signInBudget: Budget;
  publicUrl: string;
}

/** What the budget counts under: not a site. */
const budgetName = "sign-in";

export function staffSignInRoutes(deps: SignInDeps, session: ConsoleCookie): Hono<HttpEnv> {
  const { staff, signInBudget, publicUrl } = deps;
  const transactionOf = transactionCookies(publicUrl);

  /** To the console, which says what happened in the officer's language. Nothing in it comes from a request. */
  function toConsole(c: Context<HttpEnv>, problem: SignInProblem | null): Response {
    const fragment = problem === null ? "" : `#/-/sign-in?problem=${problem}`;
    return c.redirect(`${publicUrl}/console/${fragment}`, 303);
  }

  return new Hono<HttpEnv>()
    .get("/v1/staff/sign-in", (c) => {
      const answer: WaysIn = { openid: staff.openId && { name: staff.openId.name } };
      return c.json(answer);
    })
    .post("/v1/staff/sign-in/openid", async (c) => {
      requireOwnPage(c.req, publicUrl);
      if (!staff.openId) throw notConfigured();
      await signInBudget(c, budgetName);
      const { again } = parseBody(await readBody(c, 100), signInBegin);
      try {
        const begun = await staff.openId.begin(again);
        // Whoever was signed in here leaves with this: the callback will not see their cookie.
        const earlier = session.read(c);
        if (earlier !== undefined) await staff.sessions.end(earlier);
        transactionOf(begun.state).write(c, begun.transaction);
        const answer: SignInStart = { url: begun.url };
        return c.json(answer, 201);
      } catch (error) {
        if (!(error instanceof SignInError)) throw error;
        throw new HttpError(
          "unavailable",
          "The identity provider does not answer; an access key opens the console without it.",
          { retryAfter: 30 },
        );
      }
    })
    .get("/v1/staff/sign-in/callback", async (c) => {
      if (!staff.openId) throw notConfigured();
      const answer = new URL(c.req.url).searchParams;
      const transaction = transactionOf(answer.get("state") ?? "");
      const brought = transaction.read(c);
      transaction.clear(c);
      try {
        await signInBudget(c, budgetName);
        const identity = await staff.openId.finish(answer, brought);
        const keyId = await staff.people.cameIn(identity);
        const value = await staff.sessions.start(keyId);
        const detail = { provider: true };
        await staff.audit.note({ keyId, action: "session.start", detail, count: 0 });
        session.write(c, value);
        return toConsole(c, null);
      } catch (error) {
        if (error instanceof SignInError) return toConsole(c, error.problem);
        if (error instanceof HttpError && error.code === "rate_limited")
          return toConsole(c, "limited");
        throw error;
      }
    });
}

const notConfigured = () =>
  new HttpError("not_found", "No identity provider is configured; sign in with an access key.");

/** Characters of the state that tell the cookies of one browser apart. */
const told = 16;

/**
 * The cookie of a way that was begun, by its state: `Lax`, since the provider's page sends the browser back;
 * for the callback alone and for minutes. Each way has its own, so that two windows can be on their way at
 * once and an address that nobody asked for takes away none.
 */
function transactionCookies(publicUrl: string): (state: string) => ConsoleCookie {
  const { protocol, pathname } = new URL(publicUrl);
  const secure = protocol === "https:";
  const prefix = secure ? "__Secure-soglas-sign-in" : "soglas-sign-in";
  const path = pathname.replace(/\/$/, "") + callbackPath;
  const attributes = { path, httpOnly: true, sameSite: "Lax", secure } as const;
  return (state) => {
    const name = `${prefix}-${state.replace(/[^\w-]/g, "").slice(0, told)}`;
    return {
      read: (c) => getCookie(c, name),
      write: (c, value) =>
        setCookie(c, name, value, { ...attributes, maxAge: transactionLife / 1000 }),
      clear: (c) => deleteCookie(c, name, attributes),
    };
  };
}
