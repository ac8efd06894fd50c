/** The cookie in which the browser remembers a choice, written once more by an answer. */
import type { Site } from "../../contract/site.ts";
import { choiceForm } from "./cookie.ts";

const day = 86_400;

/**
 * The header that writes a cookie once more, the same and for as long as its choice counts, since Safari
 * keeps what a script has written for seven days (https://webkit.org/tracking-prevention/).
 * @param header the request's `Cookie`, of which nothing but the site's own is looked at
 * @returns null where there is none that the widget would have written, or it counts no more, or the site
 *   has come to keep choices in local storage
 */
export function renewedCookie(
  { cookie, validity }: Site,
  header: string,
  { nowSeconds, secure }: { nowSeconds: number; secure: boolean },
): string | null {
  const prefix = `${cookie.name}=`;
  // The first of two counts, as in the page.
  const value = header
    .split("; ")
    .find((pair) => pair.startsWith(prefix))
    ?.slice(prefix.length);
  const [, , , time, choices] = choiceForm.exec(value ?? "") ?? [];
  if (cookie.keep === "local") return null;
  if (value === undefined || time === undefined || choices === undefined) return null;
  // Bits behind a 1 that keeps their number.
  const granted = /1.*1/.test(BigInt(`0x${choices}`).toString(2));
  const life = (granted ? validity.grantDays : validity.refusalDays) * day;
  // A browser's clock that runs ahead lengthens nothing.
  const left = Math.min(parseInt(time, 36), nowSeconds) + life - nowSeconds;
  if (left <= 0) return null;
  const domain = cookie.domain === undefined ? "" : `; Domain=${cookie.domain}`;
  return `${prefix}${value}; Path=/; Max-Age=${left}; SameSite=Lax${domain}${secure ? "; Secure" : ""}`;
}
