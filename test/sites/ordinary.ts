/**
 * An ordinary site, for what is measured: the European demo clinic with both vendors by their own tags,
 * without gateway mode and without pages that differ from others.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SiteInput } from "../../gateway/contract/site.ts";
import type { Published, SiteFiles, Sites } from "../../gateway/sites/sites.ts";

const folder = join(import.meta.dirname, "../../demo/sites/clinic-eu");

/**
 * @param origin of its pages, beside the demo's
 * @param bare a site of its own, `bare`, that asks for the same purposes and runs nobody's tag
 */
export async function publishOrdinary(
  sites: Sites,
  origin?: string,
  bare = false,
): Promise<Published> {
  return sites.publish(await ordinaryFiles(origin, bare));
}

export async function ordinaryFiles(origin?: string, bare = false): Promise<SiteFiles> {
  const files = new Map<string, Uint8Array>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files.set(path.slice(folder.length + 1), await readFile(path));
  }
  const site = JSON.parse(new TextDecoder().decode(files.get("site.json"))) as SiteInput;
  site.id = bare ? "bare" : "ordinary";
  site.log = { name: `${site.id}.example/soglas` };
  if (origin) site.origins.push(origin);
  site.services = site.services.filter(({ mode }) => mode === "tag" && !bare);
  for (const service of site.services) delete service.pages;
  delete site.pages;
  files.set("site.json", new TextEncoder().encode(JSON.stringify(site)));
  return files;
}
