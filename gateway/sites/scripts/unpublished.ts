/** What scripts are made of where nothing was published: for a preview, and for files. */
import type { WidgetBuild } from "../builds.ts";
import { withWhatMayRun } from "../directory/jurisdictions.ts";
import type { SiteContent } from "../directory/validate.ts";
import type { SiteConfig } from "../sites.ts";
import type { Material } from "./shown.ts";

/**
 * @param content of a valid directory
 * @param names what a published site would have been given
 */
export function unpublishedMaterial(
  { site, summaries, texts }: SiteContent,
  build: WidgetBuild,
  names: Omit<SiteConfig, "site" | "build">,
): Material {
  return {
    config: { ...names, site: withWhatMayRun(site), build: build.hash },
    build,
    // Valid directories have a summary in every language.
    summary: async (language) => summaries.get(language)!,
    own: async (language) => texts.get(language) ?? {},
  };
}
