/**
 * Page patterns of `site.json` (`pages.exclude`, `pages.mask`, a service's `pages`): compiled once,
 * to a source that means the same in the page (`new RegExp(source).test(location.pathname)`) and here.
 *
 * - `*` stands for one segment, or for any part of one (`/news-*`);
 * - `**` stands for any rest, none included (`/diseases/**` covers `/diseases` itself);
 * - a closing slash and doubled slashes make no difference, and letters outside ASCII match in their
 *   percent-encoded form too, which is how a browser reports them;
 * - letter case counts, as it does in addresses.
 */

/** Matches no path: the source of an empty list. */
const never = "(?!)";

/**
 * Anchored regular expression source over a path, without flags, for any browser.
 * @param patterns paths as `pagePattern` of the contract allows them
 */
export function pagePatternSource(patterns: string[]): string {
  if (patterns.length === 0) return never;
  const alternatives = [...new Set(patterns)].map((pattern) =>
    segmentsOf(pattern).map(segmentSource).join(""),
  );
  return `^(?:${alternatives.join("|")})/*$`;
}

/**
 * The same test for the gateway: percent-encoding that hides a letter (`/%64iseases`) is undone first.
 * @returns a function of a path, which begins with a slash and holds no query
 */
export function pageMatcher(patterns: string[]): (path: string) => boolean {
  const expression = new RegExp(pagePatternSource(patterns));
  return (path) => expression.test(path) || expression.test(decodePath(path));
}

/**
 * The address that is sent instead of a masked page's: wildcards become `masked`, so that pages under
 * one pattern cannot be told apart. A pattern without wildcards names one page, so its last segment goes.
 */
export function maskedPath(pattern: string): string {
  const segments = segmentsOf(pattern);
  const shown = segments.map((segment) => (segment.includes("*") ? "masked" : segment));
  if (!segments.some((segment) => segment.includes("*"))) shown.splice(-1, 1, "masked");
  return `/${shown.length === 0 ? "masked" : shown.join("/")}`;
}

function segmentsOf(pattern: string): string[] {
  const segments = pattern.split("/").filter((segment) => segment !== "");
  // `/**/**` says nothing that `/**` does not, and would cost backtracking.
  return segments.filter((segment, index) => segment !== "**" || segments[index - 1] !== "**");
}

function segmentSource(segment: string): string {
  // `.` would stop at a line break, which an address may hold as `%0A`.
  if (segment === "**") return "(?:/[^]*)?";
  if (segment === "*") return "/+[^/]+";
  const parts = segment.split(/(\*+)/).map((part) => {
    if (part === "*") return "[^/]*";
    return part.startsWith("*") ? "[^]*" : Array.from(part, characterSource).join("");
  });
  return `/+${parts.join("")}`;
}

/** Characters that a browser leaves as they are in a path; it reports all others percent-encoded. */
const unchanged = /[A-Za-z0-9\-._~!$&'()*+,;=:@%[\]]/;

function characterSource(character: string): string {
  const literal = /[\\^$.*+?()[\]{}|]/.test(character) ? `\\${character}` : character;
  if (unchanged.test(character)) return literal;
  const encoded = encodeURIComponent(character.isWellFormed() ? character : "\u{FFFD}");
  const digits = encoded.replace(/[A-F]/g, (digit) => `[${digit}${digit.toLowerCase()}]`);
  return `(?:${literal}|${digits})`;
}

/** Undone run by run, so that a stray `%` elsewhere in the path hides nothing. */
function decodePath(path: string): string {
  return path.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}
