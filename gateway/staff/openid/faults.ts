/** Why a provider's answer was of no use, in words that cannot hold anything of the answer. */
import * as client from "openid-client";

/** Error codes of RFC 6749 (4.1.2.1, 5.2), OpenID Connect Core (3.1.2.6) and RFC 6750 (3.1). */
const standard = new Set([
  "invalid_request",
  "unauthorized_client",
  "access_denied",
  "unsupported_response_type",
  "invalid_scope",
  "server_error",
  "temporarily_unavailable",
  "invalid_client",
  "invalid_grant",
  "unsupported_grant_type",
  "interaction_required",
  "login_required",
  "account_selection_required",
  "consent_required",
  "invalid_token",
  "insufficient_scope",
]);

/** For the gateway's own log: the error code the provider chose where it is a standard's, else the library's. */
export function faultOf(failure: unknown): string {
  if (
    failure instanceof client.ResponseBodyError ||
    failure instanceof client.AuthorizationResponseError
  )
    return standard.has(failure.error) ? failure.error : "other_error";
  const { code } = failure as { code?: unknown };
  // The library's own codes and those of Node, which are words of theirs.
  return typeof code === "string" && /^[A-Z_]{3,60}$/.test(code) ? code : nameOf(failure);
}

const nameOf = (failure: unknown) => (failure instanceof Error ? failure.name : "unknown");

/** Whether nobody answered, as far as the gateway can tell. */
export const isUnreachable = (failure: unknown): boolean =>
  failure instanceof client.ClientError
    ? failure.code === "OAUTH_TIMEOUT" || failure.code === "OAUTH_RESPONSE_IS_NOT_CONFORM"
    : failure instanceof TypeError;
