/** The demo's sites, with what a test needs changed in their configuration. */
import { join } from "node:path";
import type { SiteInput } from "../../gateway/contract/site.ts";
import { readSiteDirectory } from "../../gateway/sites/directory/read.ts";
import type { SiteFiles } from "../../gateway/sites/sites.ts";

export type DemoSite = "clinic" | "clinic-eu";

/** @param change what is changed in place before it is written down again */
export async function demoWith(
  id: DemoSite,
  change: (site: SiteInput) => void,
): Promise<SiteFiles> {
  const files = await readSiteDirectory(join(import.meta.dirname, "../../demo/sites", id));
  const site = JSON.parse(new TextDecoder().decode(files.get("site.json"))) as SiteInput;
  change(site);
  return files.set("site.json", new TextEncoder().encode(JSON.stringify(site)));
}
