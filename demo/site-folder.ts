/** The site directories a gateway is given, adapted where the demo listens on another port. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { usualDemoPort } from "./settings.ts";

const written = join(import.meta.dirname, "sites");

export interface SiteFolder {
  /** Absolute path of the folder to publish from. */
  path: string;
  /** To be called once the sites are published; may be called again. */
  release(): Promise<void>;
}

/**
 * `demo/sites` itself, or a temporary copy whose origins name the port in use, since a gateway refuses
 * decisions from an origin the site does not list.
 * @param port where the demo listens
 */
export async function siteFolder(port: number): Promise<SiteFolder> {
  if (port === usualDemoPort) return { path: written, release: async () => {} };
  const copy = await mkdtemp(join(tmpdir(), "soglas-demo-sites-"));
  await cp(written, copy, { recursive: true });
  for (const site of await readdir(copy)) {
    const file = join(copy, site, "site.json");
    const text = await readFile(file, "utf8");
    const usual = `"http://localhost:${usualDemoPort}"`;
    await writeFile(file, text.replace(usual, `"http://localhost:${port}"`));
  }
  return { path: copy, release: () => rm(copy, { recursive: true, force: true }) };
}
