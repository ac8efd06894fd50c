import { vendors } from "../events/vendors.ts";
import { loadBuild } from "../sites/builds.ts";
import { readSiteDirectory } from "../sites/directory/read.ts";
import { validateSite } from "../sites/directory/validate.ts";
import { PublishError } from "../sites/sites.ts";
import { serviceVendors } from "../sites/tags.ts";
import { textIssues } from "../sites/scripts/texts.ts";
import { UsageError, widgetBuild, type Command } from "./command.ts";

/** Everything `publish` would refuse, without touching an installation. */
export const checkCommand: Command = {
  usage: "check <site directory>",
  purpose: "say everything that is wrong with a site directory",
  options: {},
  async run([folder, ...more], _values, print) {
    if (folder === undefined || more.length > 0) throw new UsageError("name one site directory");
    const { site, texts } = validateSite(await readSiteDirectory(folder), serviceVendors(vendors));
    const issues = textIssues(site, texts, await loadBuild(widgetBuild));
    if (issues.length > 0) throw new PublishError(issues);
    print(`${site.id}: nothing is wrong`);
    return 0;
  },
};
