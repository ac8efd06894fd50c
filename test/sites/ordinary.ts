/**
 * An ordinary site, for what is measured: the European demo clinic with both vendors by their own tags,
 * without gateway mode and without pages that differ from others.
 */
import type { Published, SiteFiles, Sites } from "../../gateway/sites/sites.ts";
import { demoWith } from "./demo-with.ts";

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

export function ordinaryFiles(origin?: string, bare = false): Promise<SiteFiles> {
  return demoWith("clinic-eu", (site) => {
    site.id = bare ? "bare" : "ordinary";
    site.log = { name: `${site.id}.example/soglas` };
    if (origin) site.origins.push(origin);
    site.services = site.services.filter(({ mode }) => mode === "tag" && !bare);
    for (const service of site.services) delete service.pages;
    delete site.pages;
  });
}
