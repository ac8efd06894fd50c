/**
 * Page addresses as a vendor may see them: origin and path of the site's own pages, nothing else
 * (CNIL rows C3, C4). Query, fragment, user part and path parameters go; a segment that looks like
 * personal data is replaced; masked pages are named by their pattern.
 */
import type { OnDrop } from "./drop.ts";
import { pageMatcher, maskedPath } from "./pages.ts";
import { findPersonalData } from "./personal-data.ts";

/** What a site says about its pages; compile once per configuration with {@link pageRules}. */
export interface PageRules {
  origins: ReadonlySet<string>;
  excluded(path: string): boolean;
  masks: { matches(path: string): boolean; replacement: string }[];
}

export type CleanedPage =
  | { kind: "page"; origin: string; path: string; masked: boolean }
  /** The site excludes this page: nothing about it may be sent. */
  | { kind: "excluded" }
  /** Not an address of the site, or not an address at all. */
  | { kind: "foreign" };

/** @param pages `pages` of the site file */
export function pageRules(
  origins: string[],
  pages: { exclude: string[]; mask: string[] },
): PageRules {
  return {
    origins: new Set(origins),
    excluded: pageMatcher(pages.exclude),
    masks: pages.mask.map((pattern) => ({
      matches: pageMatcher([pattern]),
      replacement: maskedPath(pattern),
    })),
  };
}

/** What stands in place of a segment that looks like personal data. */
const redacted = "redacted";

/** GA4 cuts `page_location` at 1000 characters; whole segments are left out instead. */
const longestPath = 700;

/**
 * Cleans the address of the page an event happened on.
 * @param drop told of every segment that looked like personal data
 */
export function cleanPage(
  address: string,
  rules: PageRules,
  drop: OnDrop = () => undefined,
): CleanedPage {
  const url = URL.parse(address);
  // The origin of `blob:https://…` is the one inside, and its path is a whole address.
  if (!url || !/^https?:$/.test(url.protocol) || !rules.origins.has(url.origin))
    return { kind: "foreign" };
  const { origin } = url;
  // What is shown has no path parameters, so the rules must hold with and without them.
  const shown = simple(withoutParameters(url));
  const forms = url.pathname.includes(";") ? [simple(url.pathname), shown] : [shown];
  if (forms.some((path) => rules.excluded(path))) return { kind: "excluded" };
  const mask = rules.masks.find((entry) => forms.some((path) => entry.matches(path)));
  if (mask) return { kind: "page", origin, path: mask.replacement, masked: true };
  return { kind: "page", origin, path: cleanPath(shown, drop), masked: false };
}

const simple = (path: string) => path.replace(/\/{2,}/g, "/");

/** `/a;jsessionid=1/b` → `/a/b`; a segment `..;` becomes `..` and is resolved like one. */
function withoutParameters({ pathname, origin }: URL): string {
  if (!pathname.includes(";")) return pathname;
  const bare = pathname.replace(/;[^/]*/g, "");
  return URL.parse(origin + bare)?.pathname ?? bare;
}

/**
 * A referrer is kept only when it is a page of the same site, cleaned like any other; an outside
 * one, an excluded page and nonsense become the empty string.
 */
export function cleanReferrer(address: string, rules: PageRules, drop: OnDrop): string {
  const page = cleanPage(address, rules, drop);
  return page.kind === "page" ? `${page.origin}${page.path}` : "";
}

function cleanPath(path: string, drop: OnDrop): string {
  const kept: string[] = [];
  let length = 0;
  for (const segment of path.split("/").slice(1)) {
    const cleaned = cleanSegment(segment, drop);
    length += cleaned.length + 1;
    if (length > longestPath) break;
    kept.push(cleaned);
  }
  const cleaned = `/${kept.join("/")}`;
  // A slash is a letter of base64, so an encoded value may span segments. Numbers that do are most
  // often the date of an article, and are left.
  const spanning = findPersonalData(cleaned);
  if (spanning !== "email" && spanning !== "token") return cleaned;
  drop(spanning);
  return `/${redacted}`;
}

function cleanSegment(segment: string, drop: OnDrop): string {
  const decoded = decodeFully(segment);
  const reason = decoded === null ? "form" : (findPersonalData(decoded) ?? formOf(decoded));
  if (reason === null) return segment;
  drop(reason);
  return redacted;
}

/** What a reader could take for the end of the path, or for another address. */
const formOf = (decoded: string) => (/[?#&=;@/\\\p{Cc}]/u.test(decoded) ? "form" : null);

/** Percent-encoding undone until nothing changes; null when it is malformed or nested too deeply. */
function decodeFully(text: string): string | null {
  let current = text;
  for (let layer = 0; layer < 3; layer++) {
    try {
      const next = decodeURIComponent(current);
      if (next === current) return current;
      current = next;
    } catch {
      return null;
    }
  }
  return null;
}
