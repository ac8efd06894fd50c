/** What the console shows, as the fragment of its address: links can be kept, shared and gone back to. */
export type Address =
  | { page: "sites" }
  /** `record`: the one whose details are open. */
  | { page: "records"; site: string; record: string | null };

/** `#/` → sites, `#/clinic` → its records, `#/clinic/<record id>` → one of them. */
export function parseAddress(fragment: string): Address {
  const match = /^#\/([a-z][a-z0-9-]{0,31})(?:\/([A-Za-z0-9_-]{22}))?\/?$/.exec(fragment);
  if (!match) return { page: "sites" };
  return { page: "records", site: match[1]!, record: match[2] ?? null };
}

export function formatAddress(address: Address): string {
  if (address.page === "sites") return "#/";
  return address.record === null ? `#/${address.site}` : `#/${address.site}/${address.record}`;
}
