/**
 * Matomo, HTTP Tracking API: what the tracker refuses or needs a token for
 * (developer.matomo.org/api-reference/tracking-api).
 */

/** Oldest action without a token, seconds; `tracking_requests_require_authentication_when_custom_timestamp_newer_than`. */
const oldest = 24 * 3600;
/** Parameters that only a user with write access may set. */
const privileged = ["cip", "country", "region", "city", "lat", "long"];

/** @param now unix milliseconds */
export function matomoProblems(action: Record<string, string>, now: number): string[] {
  const problems: string[] = [];
  if (!/^[1-9]\d*$/.test(action["idsite"] ?? "")) problems.push("idsite is not valid");
  if (action["rec"] !== "1") problems.push("rec must be 1");
  if (action["_id"] !== undefined && !/^[0-9a-f]{16}$/.test(action["_id"]))
    problems.push("_id must be 16 hexadecimal digits");
  if (action["url"] !== undefined && !URL.canParse(action["url"]))
    problems.push("url is not a URL");
  const token = /^[A-Za-z0-9]{20,}$/.test(action["token_auth"] ?? "");
  for (const name of privileged)
    if (action[name] !== undefined && !token) problems.push(`${name} needs token_auth`);
  if (action["cdt"] !== undefined) problems.push(...timeProblems(action["cdt"], token, now));
  // "Category and action are mandatory": an event with one of them is refused.
  const event = ["e_c", "e_a", "e_n", "e_v"].some((name) => action[name] !== undefined);
  if (event && (!action["e_c"] || !action["e_a"])) problems.push("an event needs e_c and e_a");
  if (action["e_v"] !== undefined && !Number.isFinite(Number(action["e_v"])))
    problems.push("e_v is not a number");
  if (action["idgoal"] === "0" && !action["ec_id"]) problems.push("an order needs ec_id");
  if (action["ec_items"] !== undefined && !isList(action["ec_items"]))
    problems.push("ec_items is not a JSON list");
  return problems;
}

function timeProblems(value: string, token: boolean, now: number): string[] {
  const seconds = /^\d+$/.test(value) ? Number(value) : Date.parse(`${value}Z`) / 1000;
  if (!Number.isFinite(seconds)) return ["cdt is not a time"];
  const age = now / 1000 - seconds;
  if (age < -60) return ["cdt is in the future"];
  return age > oldest && !token ? ["cdt of more than a day ago needs token_auth"] : [];
}

function isList(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}
