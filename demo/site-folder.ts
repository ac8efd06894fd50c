/** The site directories a gateway is given, adapted where the demo listens on another port. */
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { usualDemoPort } from "./settings.ts";

const written = join(import.meta.dirname, "sites");

/**
 * The folder to publish from: `demo/sites` itself, or a copy in the data folder whose origins name
 * the port in use, since a gateway refuses decisions from an origin the site does not list.
 * @returns an absolute path
 */
export async function siteFolder(port: number, data: string): Promise<string> {
  if (port === usualDemoPort) return written;
  const copy = join(data, "demo-sites");
  await rm(copy, { recursive: true, force: true });
  await mkdir(data, { recursive: true, mode: 0o700 });
  await cp(written, copy, { recursive: true });
  for (const site of await readdir(copy)) {
    const file = join(copy, site, "site.json");
    const text = await readFile(file, "utf8");
    const usual = `"http://localhost:${usualDemoPort}"`;
    await writeFile(file, text.replace(usual, `"http://localhost:${port}"`));
  }
  return copy;
}
