/**
 * Signing in at an OpenID provider: authorization code flow (OpenID Connect Core 1.0, section 3.1) with
 * PKCE (RFC 7636), state, nonce and the issuer of the answer (RFC 9207). Tokens are looked at once and
 * dropped: nothing of them is stored, and nothing is asked of the provider afterwards.
 */
import { timingSafeEqual } from "node:crypto";
import { readFile } from "node:fs/promises";
import * as client from "openid-client";
import { createCache } from "../../cache.ts";
import type { Clock } from "../../clock.ts";
import type { SignInProblem } from "../../contract/forms.ts";
import type { Logger } from "../../logger.ts";
import type { InstallationSecret } from "../../secret.ts";
import { claimValues, entitlementOf, hasName, labelOf, type Claims } from "./claims.ts";
import { faultOf, isUnreachable } from "./faults.ts";
import type { Identity } from "./people.ts";
import type { OpenIdSettings } from "./settings.ts";
import { sealTransactions } from "./transaction.ts";

/** Path of the address that the provider sends people back to, below the public URL. */
export const callbackPath = "/v1/staff/sign-in/callback";

/** Signing in came to nothing; `problem` is for the person, the gateway's own log says more. */
export class SignInError extends Error {
  readonly problem: SignInProblem;
  constructor(problem: SignInProblem) {
    super(`sign-in: ${problem}`);
    this.name = "SignInError";
    this.problem = problem;
  }
}

export interface OpenIdProvider {
  /** What its button is called, or null. */
  name: string | null;
  /**
   * Begins.
   * @param again the provider asks who it is, also when it knows (`prompt=login`)
   * @returns where to send the browser, the state it comes back with, and what it must bring along in a cookie
   * @throws {SignInError} `unavailable`
   */
  begin(again: boolean): Promise<{ url: string; state: string; transaction: string }>;
  /**
   * Ends what `begin` began.
   * @param answer the query with which the provider sent the person back
   * @param transaction what the browser brought back; undefined when nothing
   * @throws {SignInError}
   */
  finish(answer: URLSearchParams, transaction: string | undefined): Promise<Identity>;
}

/** Milliseconds after which the provider's metadata are read again. */
const metadataLife = 3_600_000;
/** Seconds the provider has for one answer. */
const patience = 5;

export function openProvider(deps: {
  settings: OpenIdSettings;
  secret: InstallationSecret;
  clock: Clock;
  logger: Logger;
  /** Base URL of the gateway. */
  publicUrl: string;
}): OpenIdProvider {
  const { settings, logger } = deps;
  const transactions = sealTransactions(deps);
  const callback = new URL(deps.publicUrl + callbackPath);
  const known = createCache<client.Configuration>({
    capacity: 1,
    life: { clock: deps.clock, milliseconds: metadataLife },
  });

  /** @param fault what {@link faultOf} says: what the provider wrote may name a person. */
  function fail(problem: SignInProblem, fault: string): SignInError {
    logger.warn({ problem, fault }, "sign-in through the OpenID provider failed");
    return new SignInError(problem);
  }

  const connect = () =>
    known
      .get(settings.issuer, () => discover(settings))
      .catch((failure: unknown) => {
        throw fail("unavailable", faultOf(failure));
      });

  async function exchange(
    config: client.Configuration,
    address: URL,
    checks: client.AuthorizationCodeGrantChecks,
  ): Promise<Identity> {
    const tokens = await client.authorizationCodeGrant(config, address, checks);
    const idToken = tokens.claims()!;
    const more = await furtherClaims(config, settings, tokens.access_token, idToken);
    // What is signed goes before what is not.
    const claims: Claims = { ...more, ...idToken };
    const entitlement = entitlementOf(claims, settings);
    if (entitlement === null) throw fail("no-role", "no_entry");
    const { sub: subject } = idToken;
    return { issuer: settings.issuer, subject, label: labelOf(claims, subject), entitlement };
  }

  return {
    name: settings.name,
    async begin(again) {
      const config = await connect();
      const transaction = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      };
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: callback.href,
        scope: settings.scope,
        state: transaction.state,
        nonce: transaction.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(transaction.verifier),
        code_challenge_method: "S256",
        ...(again && { prompt: "login" }),
      });
      return {
        url: url.href,
        state: transaction.state,
        transaction: transactions.seal(transaction),
      };
    },
    async finish(answer, sealed) {
      const transaction = sealed === undefined ? null : transactions.open(sealed);
      // Before anything is asked of the provider: whoever was not sent there by this browser ends here.
      if (!transaction || !isSame(transaction.state, answer.get("state") ?? ""))
        throw new SignInError("expired");
      const config = await connect();
      const address = new URL(callback);
      address.search = answer.toString();
      try {
        return await exchange(config, address, {
          expectedState: transaction.state,
          expectedNonce: transaction.nonce,
          pkceCodeVerifier: transaction.verifier,
          idTokenExpected: true,
        });
      } catch (failure) {
        if (failure instanceof SignInError) throw failure;
        if (failure instanceof client.AuthorizationResponseError)
          throw fail("refused", faultOf(failure));
        // Its keys or its addresses may be others by now: the next one reads them again.
        known.delete(settings.issuer);
        throw fail(isUnreachable(failure) ? "unavailable" : "failed", faultOf(failure));
      }
    },
  };
}

async function discover(settings: OpenIdSettings): Promise<client.Configuration> {
  const issuer = new URL(settings.issuer);
  return client.discovery(issuer, settings.clientId, undefined, await authentication(settings), {
    timeout: patience,
    execute: [
      // Signatures are verified although the token comes straight from the provider.
      client.enableNonRepudiationChecks,
      // The settings allow this on loopback alone.
      ...(issuer.protocol === "http:" ? [client.allowInsecureRequests] : []),
    ],
  });
}

/** The secret in the form the provider takes; in the header where it takes both (RFC 6749, section 2.3.1). */
async function authentication({ secret }: OpenIdSettings): Promise<client.ClientAuth> {
  if (secret === null) return client.None();
  const text = "text" in secret ? secret.text : (await readFile(secret.file, "utf8")).trim();
  const header = client.ClientSecretBasic(text);
  const body = client.ClientSecretPost(text);
  return (server, ...rest) => {
    const taken = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    return (taken.includes("client_secret_basic") ? header : body)(server, ...rest);
  };
}

/** Claims that many providers tell at the UserInfo endpoint only; asked for where the token lacks some. */
async function furtherClaims(
  config: client.Configuration,
  settings: OpenIdSettings,
  accessToken: string,
  idToken: client.IDToken,
): Promise<Claims> {
  if (claimValues(idToken, settings.claim) !== null && hasName(idToken)) return {};
  if (config.serverMetadata().userinfo_endpoint === undefined) return {};
  return client.fetchUserInfo(config, accessToken, idToken.sub);
}

const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
