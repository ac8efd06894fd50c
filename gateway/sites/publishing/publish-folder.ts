/** Publishing everything that an owner keeps in one folder. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readSiteDirectory } from "../directory/read.ts";
import { PublishError, type Sites } from "../sites.ts";

/**
 * Publishes every site directory below a folder, in the order of their names.
 * @throws {PublishError} with the problems of all of them, each path beginning with its directory; {Error}
 *   when the folder cannot be read
 */
export async function publishFolder(sites: Pick<Sites, "publish">, folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => {
    throw new Error(
      `${folder} cannot be read; set SOGLAS_SITES to the folder of the site directories`,
    );
  });
  const issues = [];
  for (const { name } of entries.filter((entry) => entry.isDirectory()).toSorted(byName)) {
    try {
      await sites.publish(await readSiteDirectory(join(folder, name)));
    } catch (error) {
      if (!(error instanceof PublishError)) throw error;
      issues.push(...error.issues.map((issue) => ({ ...issue, path: `${name}/${issue.path}` })));
    }
  }
  if (issues.length > 0) throw new PublishError(issues);
}

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
