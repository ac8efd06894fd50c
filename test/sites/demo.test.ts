import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readSiteDirectory } from "../../gateway/sites/directory/read.ts";
import { vendors } from "../../gateway/events/vendors.ts";
import { validateSite } from "../../gateway/sites/directory/validate.ts";
import { installation } from "./installation.ts";

const demo = join(import.meta.dirname, "../../demo/sites");

test.each(readdirSync(demo))("the demo site %s is published without a problem", async (name) => {
  const files = await readSiteDirectory(join(demo, name));
  const { site } = validateSite(files, vendors);
  expect(new Set(site.services.map(({ mode }) => mode))).toEqual(new Set(["tag", "gateway"]));
  const { sites } = await installation();
  const { config } = await sites.publish(files);
  expect(await sites.tag(site.id)).not.toBeNull();
  for (const language of site.languages)
    expect(await sites.interface(site.id, config, language)).not.toBeNull();
});
