import { id128Form, slugForm } from "../contract/forms.ts";

/** Pages of one site beside its records. */
export const sitePages = ["visitor", "overview", "exports"] as const;
export type SitePage = (typeof sitePages)[number];

/** What a page is narrowed to, by name: filters, a visitor's number, a moment. Pages take what they know. */
export type Query = Record<string, string>;

/** What the console shows, as the fragment of its address: links can be kept, shared and gone back to. */
export type Address =
  | { page: "sites" }
  /** `record`: the one whose details are open. */
  | { page: "records"; site: string; record: string | null; query: Query }
  | { page: SitePage; site: string; query: Query };

/** Longest part of a query, in characters: longer ones were not made here. */
const longest = 200;

/**
 * `#/` → sites, `#/clinic` → its records, `#/clinic/<record id>` → one of them, `#/clinic/visitor` → that
 * page of the site; behind `?` what it is narrowed to. Anything else → sites.
 */
export function parseAddress(fragment: string): Address {
  const [, site = "", part, search = ""] =
    /^#\/([^/?]+)(?:\/([^/?]+))?\/?(?:\?(.*))?$/s.exec(fragment) ?? [];
  if (!slugForm.test(site)) return { page: "sites" };
  const query = parseQuery(search);
  const page = sitePages.find((page) => page === part);
  if (page) return { page, site, query };
  if (part !== undefined && !id128Form.test(part)) return { page: "sites" };
  return { page: "records", site, record: part ?? null, query };
}

export function formatAddress(address: Address): string {
  if (address.page === "sites") return "#/";
  const part = address.page === "records" ? address.record : address.page;
  const search = new URLSearchParams(address.query).toString();
  return `#/${address.site}${part === null ? "" : `/${part}`}${search && `?${search}`}`;
}

function parseQuery(search: string): Query {
  const entries = [...new URLSearchParams(search)];
  return Object.fromEntries(
    entries.filter(([name, value]) => /^[A-Za-z]{1,20}$/.test(name) && fits(value)),
  );
}

const fits = (value: string) => value !== "" && value.length <= longest;
