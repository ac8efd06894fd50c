import type { RefusalReason } from "../../contract/events.ts";
import type { Site } from "../../contract/site.ts";
import { TokenError, type TokenClaims, type Tokens } from "../../log/token.ts";
import { profilesOf } from "../../sites/profiles.ts";

/**
 * What a token lets through, or why it lets nothing through. One of nobody counts as long as the site has
 * the opt-out profile it is for.
 * @param receivedAt Unix milliseconds
 */
export function claimsOf(
  tokens: Tokens,
  site: Site,
  token: string,
  receivedAt: number,
): TokenClaims | RefusalReason {
  if (token === "") return "no_token";
  try {
    const claims = tokens.open(site.id, token, Math.floor(receivedAt / 1000));
    return claims.profile && !profilesOf(site).includes(claims.profile) ? "bad_token" : claims;
  } catch (error) {
    if (error instanceof TokenError) return error.code;
    throw error;
  }
}
