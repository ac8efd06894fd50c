/**
 * `schema/site.schema.json`: what editors check a site.json against, generated from the contract and
 * what each vendor says of its settings.
 * `node gateway/site-schema.ts && npx oxfmt schema` writes it, and a test holds it up to date.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { siteWith } from "./contract/site.ts";
import { vendors } from "./events/vendors.ts";
import { serviceVendors } from "./sites/tags.ts";

export const schemaFile = join(import.meta.dirname, "../schema/site.schema.json");

/** The schema of site.json as its owner writes it: fields with defaults may be absent. */
export function siteSchema(): object {
  return {
    ...z.toJSONSchema(siteWith(serviceVendors(vendors)), { io: "input" }),
    title: "Soglas site configuration",
    description: "site.json of a site directory; docs/configuration.md explains every field.",
  };
}

if (import.meta.main) await writeFile(schemaFile, `${JSON.stringify(siteSchema(), null, 2)}\n`);
