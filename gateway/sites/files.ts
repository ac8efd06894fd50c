/**
 * A site for hosts that serve files and nothing else: its scripts and documents, with addresses that work
 * without a gateway. Choices are asked for and honoured as ever, and kept in the browser alone: there is nobody
 * to make records.
 */
import type { Issue } from "../contract/errors.ts";
import type { Site } from "../contract/site.ts";
import type { SiteTag } from "../contract/staff/versions.ts";
import type { ServiceVendor } from "../contract/vendors.ts";
import { renderDocumentPage } from "../policy/page.ts";
import type { WidgetBuild } from "./builds.ts";
import { languagePath } from "./directory/paths.ts";
import { validateSite } from "./directory/validate.ts";
import { embeddingOf } from "./embedding.ts";
import { sha256 } from "./publishing/hashes.ts";
import { asksRegion } from "./profiles.ts";
import { isRelayed } from "./relay.ts";
import { revisionOf } from "./publishing/revision.ts";
import type { Addresses } from "./scripts/tag-config.ts";
import { shownScripts } from "./scripts/shown.ts";
import { PublishError, type SiteFiles } from "./sites.ts";
import { textIssues } from "./scripts/texts.ts";
import { unpublishedMaterial } from "./scripts/unpublished.ts";
import { configurationText, versionHashes } from "./publishing/versions.ts";

export interface FilesDeps {
  build: WidgetBuild;
  /** Whose services a site may have. */
  serviceVendors: readonly ServiceVendor[];
  scripts: Addresses["scripts"];
  /**
   * Where the files will stand, without a trailing slash: a path of the site such as `/soglas`, empty for its
   * root, or a whole address.
   */
  at: string;
  /** Unix milliseconds: since when the documents are in force. */
  now: number;
}

export interface BuiltFiles {
  site: string;
  /** Text by path, the tag last: nothing is asked for before it is there. */
  files: Map<string, string>;
  embedding: SiteTag;
}

/** @throws {PublishError} with every problem at once, what cannot be had without a gateway included */
export async function buildFiles(directory: SiteFiles, deps: FilesDeps): Promise<BuiltFiles> {
  const { build, at } = deps;
  const content = validateSite(directory, deps.serviceVendors);
  const { site, texts } = content;
  const issues = [...textIssues(site, texts, build), ...gatewayIssues(site)];
  if (issues.length > 0) throw new PublishError(issues);

  const hashes = versionHashes(directory, configurationText(site));
  const material = unpublishedMaterial(content, build, {
    // What the scripts are made of: another content gets other addresses.
    hash: sha256([hashes.version, build.hash, at].join("\n")),
    version: hashes.version,
    revision: revisionOf(site, hashes.consent),
    effectiveAt: deps.now,
    policyHash: hashes.policy,
    consentHash: hashes.consent,
  });

  const addresses: Addresses = { publicUrl: at, scripts: deps.scripts, files: true };
  const files = new Map<string, string>();
  let tag = "";
  for (const language of site.languages) {
    const shown = await shownScripts(material, language, addresses);
    tag = shown.tag;
    for (const [address, script] of Object.entries(shown.loaded))
      files.set(address.slice(at.length + 1), script);
    for (const kind of ["policy", "consent"] as const)
      files.set(
        `p/${site.id}/${kind}/${hashes.version}/${language}.html`,
        await renderDocumentPage({
          kind,
          siteName: site.name[language] ?? site.id,
          controller: site.controller,
          language,
          languages: site.languages,
          addressIn: (other) => `${other}.html`,
          // Valid directories have every document in every language.
          markdown: new TextDecoder().decode(directory.get(languagePath(kind, language))!),
          version: hashes.version,
          hash: hashes[kind],
          effectiveAt: deps.now,
          status: "in-force",
        }),
      );
  }
  files.set(`${site.id}.js`, tag);
  return { site: site.id, files, embedding: embeddingOf(material.config, addresses) };
}

/** What of a site only a gateway can do. */
function gatewayIssues(site: Site): Issue[] {
  const issues: Issue[] = [];
  for (const [index, service] of site.services.entries()) {
    const add = (field: string, message: string) =>
      issues.push({ path: `site.json: services.${index}.${field}`, message });
    if (service.mode === "gateway")
      add("mode", 'is "gateway", and files have none; take "tag" or leave the service out');
    else if (isRelayed(service))
      add("profile", 'is "direct", which sends to the gateway, and files have none; leave it out');
  }
  if (asksRegion(site))
    issues.push({
      path: "site.json: jurisdictions",
      message:
        "names countries, which only a gateway can tell; leave the lists empty and name the profile on the tag's element",
    });
  return issues;
}
