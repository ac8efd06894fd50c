/** A site directory that is not published, as visitors would be shown it. */
import type { ServiceVendor } from "../contract/vendors.ts";
import type { WidgetBuild } from "./builds.ts";
import { mayRun } from "./directory/jurisdictions.ts";
import { validateSite } from "./directory/validate.ts";
import type { Material } from "./scripts/shown.ts";
import { PublishError, type SiteFiles } from "./sites.ts";
import { textIssues } from "./scripts/texts.ts";

/** What stands where published sites have hashes: nothing that a draft shows is kept under it. */
const draft = "draft";

/** @throws {PublishError} with every problem of the directory at once */
export function previewOf(
  files: SiteFiles,
  build: WidgetBuild,
  vendors: readonly ServiceVendor[],
): Material {
  const { site, summaries, texts } = validateSite(files, vendors);
  const issues = textIssues(site, texts, build);
  if (issues.length > 0) throw new PublishError(issues);
  return {
    config: {
      site: { ...site, services: site.services.filter((service) => mayRun(site, service)) },
      hash: draft,
      version: draft,
      build: build.hash,
      revision: draft,
      effectiveAt: 0,
      policyHash: draft,
      consentHash: draft,
    },
    build,
    // Valid directories have a summary in every language.
    summary: async (language) => summaries.get(language)!,
    own: async (language) => texts.get(language) ?? {},
  };
}
