import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { schemaFile, siteSchema } from "../../gateway/site-schema.ts";

test("the published JSON Schema is the contract's; gateway/site-schema.ts says how to write it", async () => {
  expect(JSON.parse(await readFile(schemaFile, "utf8"))).toEqual(siteSchema());
});
