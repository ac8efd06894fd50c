/** A site directory that is not published, as visitors would be shown it. */
import type { ServiceVendor } from "../contract/vendors.ts";
import type { WidgetBuild } from "./builds.ts";
import { validateSite } from "./directory/validate.ts";
import type { Material } from "./scripts/shown.ts";
import { PublishError, type SiteFiles } from "./sites.ts";
import { textIssues } from "./scripts/texts.ts";
import { unpublishedMaterial } from "./scripts/unpublished.ts";

/** What stands where published sites have hashes: nothing that a draft shows is kept under it. */
const draft = "draft";

/** @throws {PublishError} with every problem of the directory at once */
export function previewOf(
  files: SiteFiles,
  build: WidgetBuild,
  vendors: readonly ServiceVendor[],
): Material {
  const content = validateSite(files, vendors);
  const issues = textIssues(content.site, content.texts, build);
  if (issues.length > 0) throw new PublishError(issues);
  return unpublishedMaterial(content, build, {
    hash: draft,
    version: draft,
    revision: draft,
    effectiveAt: 0,
    policyHash: draft,
    consentHash: draft,
  });
}
