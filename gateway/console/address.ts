import { id128Form, slugForm } from "../contract/forms.ts";

/** What the console shows, as the fragment of its address: links can be kept, shared and gone back to. */
export type Address =
  | { page: "sites" }
  /** `record`: the one whose details are open. */
  | { page: "records"; site: string; record: string | null };

/** `#/` → sites, `#/clinic` → its records, `#/clinic/<record id>` → one of them. */
export function parseAddress(fragment: string): Address {
  const [site = "", record] = /^#\/([^/]+)(?:\/([^/]+))?\/?$/.exec(fragment)?.slice(1) ?? [];
  if (!slugForm.test(site) || (record !== undefined && !id128Form.test(record)))
    return { page: "sites" };
  return { page: "records", site, record: record ?? null };
}

export function formatAddress(address: Address): string {
  if (address.page === "sites") return "#/";
  return address.record === null ? `#/${address.site}` : `#/${address.site}/${address.record}`;
}
