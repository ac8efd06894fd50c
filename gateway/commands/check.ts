import { vendors } from "../events/vendors.ts";
import { readSiteDirectory } from "../sites/directory/read.ts";
import { validateSite } from "../sites/directory/validate.ts";
import { UsageError, type Command } from "./command.ts";

/** Everything `publish` would refuse, without touching an installation. */
export const checkCommand: Command = {
  usage: "check <site directory>",
  purpose: "say everything that is wrong with a site directory",
  options: {},
  async run([folder, ...more], _values, print) {
    if (folder === undefined || more.length > 0) throw new UsageError("name one site directory");
    const { site } = validateSite(await readSiteDirectory(folder), vendors);
    print(`${site.id}: nothing is wrong`);
    return 0;
  },
};
