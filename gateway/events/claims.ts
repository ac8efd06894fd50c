import type { RefusalReason } from "../contract/events.ts";
import { TokenError, type TokenClaims, type Tokens } from "../log/token.ts";

/**
 * What a token lets through, or why it lets nothing through.
 * @param receivedAt Unix milliseconds
 */
export function claimsOf(
  tokens: Tokens,
  site: string,
  token: string,
  receivedAt: number,
): TokenClaims | RefusalReason {
  if (token === "") return "no_token";
  try {
    return tokens.open(site, token, Math.floor(receivedAt / 1000));
  } catch (error) {
    if (error instanceof TokenError) return error.code;
    throw error;
  }
}
