import { id128Form, slugForm } from "../contract/forms.ts";

/** Pages of one site beside its records. */
export const sitePages = [
  "visitor",
  "overview",
  "deliveries",
  "exports",
  "erasure",
  "versions",
  "edit",
  "tag",
] as const;
export type SitePage = (typeof sitePages)[number];

/** Pages about the whole installation, or about who is signed in. */
const globalPages = ["totals", "audit", "keys", "access"] as const;
type GlobalPage = (typeof globalPages)[number];

/** What a page is narrowed to, by name: filters, a visitor's number, a moment. Pages take what they know. */
export type Query = Record<string, string>;

/** What the console shows, as the fragment of its address: links can be kept, shared and gone back to. */
export type Address = { page: "sites" } | { page: GlobalPage; query: Query } | SiteAddress;

/** `record`: the one whose details are open. */
export type SiteAddress =
  | { page: "records"; site: string; record: string | null; query: Query }
  | { page: SitePage; site: string; query: Query };

/** Longest part of a query, in characters: longer ones were not made here. */
const longest = 200;

/**
 * `#/` → sites, `#/clinic` → its records, `#/clinic/<record id>` → one of them, `#/clinic/visitor` → that
 * page of the site, `#/-/keys` → a page of none; behind `?` what it is narrowed to. Anything else → sites.
 */
export function parseAddress(fragment: string): Address {
  const [, site = "", part, search = ""] =
    /^#\/([^/?]+)(?:\/([^/?]+))?\/?(?:\?(.*))?$/s.exec(fragment) ?? [];
  const query = parseQuery(search);
  const global = globalPages.find((page) => page === part);
  if (site === "-" && global) return { page: global, query };
  if (!slugForm.test(site)) return { page: "sites" };
  const page = sitePages.find((page) => page === part);
  if (page) return { page, site, query };
  if (part !== undefined && !id128Form.test(part)) return { page: "sites" };
  return { page: "records", site, record: part ?? null, query };
}

export function formatAddress(address: Address): string {
  if (address.page === "sites") return "#/";
  const search = new URLSearchParams(address.query).toString();
  return `#/${pathOf(address)}${search && `?${search}`}`;
}

function pathOf(address: Exclude<Address, { page: "sites" }>): string {
  if (!("site" in address)) return `-/${address.page}`;
  const { site } = address;
  if (address.page !== "records") return `${site}/${address.page}`;
  return address.record === null ? site : `${site}/${address.record}`;
}

function parseQuery(search: string): Query {
  const entries = [...new URLSearchParams(search)];
  return Object.fromEntries(
    entries.filter(([name, value]) => /^[A-Za-z]{1,20}$/.test(name) && fits(value)),
  );
}

const fits = (value: string) => value !== "" && value.length <= longest;
