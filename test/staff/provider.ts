/** A real OpenID provider on loopback, with a page to sign in at, that can be taken away or change its keys. */
import { generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider, type Configuration, type JWK } from "oidc-provider";

const clientId = "soglas console";
const clientSecret = "a secret: with/signs & spaces";

/** People the provider knows: their claims by the name they sign in with. */
const people: Record<string, Record<string, unknown>> = {
  olga: { email: "olga@clinic.example", email_verified: true, groups: ["staff", "soglas-owners"] },
  daria: { email: "daria@clinic.example", groups: ["clinic-privacy"] },
  stranger: { email: "stranger@clinic.example", email_verified: true, groups: ["staff"] },
  nobody: {},
};

export interface LocalProvider {
  issuer: string;
  /** Environment of a gateway that lets these people in. */
  env: Record<string, string>;
  /** From now on its tokens are signed with another key. */
  rotateKeys(): void;
  /** Cuts every connection without an answer while true. */
  setAway(away: boolean): void;
  /** Answers requests of a path by itself; null: the provider answers. */
  answer: ((path: string, response: ServerResponse) => boolean) | null;
  /** Paths that the gateway asked for, in order. */
  asked: string[];
  /** Signs in there as a browser would. @returns the address it sends the browser to in the end */
  visit(url: string, login: string): Promise<URL>;
  close(): Promise<void>;
}

function makeKey(): JWK {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const kid = crypto.randomUUID();
  return { ...privateKey.export({ format: "jwk" }), kid, alg: "ES256", use: "sig" } as JWK;
}

/** @param callback address that people are sent back to */
export async function openLocalProvider(callback: string): Promise<LocalProvider> {
  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
  const server = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let away = false;
  let provider = makeProvider(issuer, callback, makeKey());

  const local: LocalProvider = {
    issuer,
    answer: null,
    asked: [],
    env: {
      SOGLAS_OIDC_ISSUER: issuer,
      SOGLAS_OIDC_CLIENT_ID: clientId,
      SOGLAS_OIDC_CLIENT_SECRET: clientSecret,
      SOGLAS_OIDC_NAME: "Clinic ID",
      SOGLAS_OIDC_ROLES: JSON.stringify([
        { value: "soglas-owners", role: "owner" },
        { value: "clinic-privacy", role: "compliance", sites: ["clinic"] },
      ]),
    },
    rotateKeys() {
      provider = makeProvider(issuer, callback, makeKey());
    },
    setAway(value) {
      away = value;
    },
    visit: (url, login) => visit(url, login, issuer),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  handle = (request, response) => {
    const { pathname } = new URL(request.url ?? "/", issuer);
    if (away) return request.socket.destroy();
    local.asked.push(pathname);
    if (local.answer?.(pathname, response)) return;
    if (pathname.startsWith("/interaction/")) void interact(provider, request, response);
    else provider.callback()(request, response);
  };
  return local;
}

function makeProvider(issuer: string, callback: string, key: JWK): Provider {
  const configuration: Configuration = {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [callback] }],
    jwks: { keys: [key] },
    clientDefaults: { id_token_signed_response_alg: "ES256" },
    claims: { openid: ["sub"], email: ["email", "email_verified", "groups"] },
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600 },
    cookies: { keys: ["local"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...people[sub] }) }),
    // Nobody is asked what the console may know of them.
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client!.clientId,
        accountId: oidc.session!.accountId!,
      });
      grant.addOIDCScope("openid email");
      await grant.save();
      return grant;
    },
  };
  return new Provider(issuer, configuration);
}

/** The page on which people say who they are; an empty name cancels. */
async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse) {
  if (request.method !== "POST") {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(
      `<!doctype html><html lang="en"><title>Clinic ID</title><main><h1>Clinic ID</h1>
      <form method="post"><label>Name <input name="login"></label><button>Continue</button></form></main>`,
    );
    return;
  }
  let body = "";
  for await (const chunk of request) body += String(chunk);
  const login = new URLSearchParams(body).get("login") ?? "";
  const result =
    login === ""
      ? { error: "access_denied", error_description: "somebody@private.example went away" }
      : { login: { accountId: login } };
  await provider.interactionFinished(request, response, result);
}

/** A browser's part: follows redirects with the provider's cookies, and fills in the form. */
async function visit(start: string, login: string, issuer: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let url = new URL(start);
  let form: string | null = null;
  for (let step = 0; step < 10 && url.origin === issuer; step += 1) {
    const response: Response = await fetch(url, {
      redirect: "manual",
      headers: { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(form !== null && { method: "POST", body: new URLSearchParams({ login: form }) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      cookies.set(name!, value!);
    }
    const location = response.headers.get("Location");
    if (location !== null) url = new URL(location, url);
    else if (response.status !== 200) throw new Error(`the provider says ${response.status}`);
    form = location === null ? login : null;
  }
  return url;
}
