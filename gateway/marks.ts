/** Where the high-water marks of an installation are kept: away from its data, or they would be restored with it. */
import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Settings } from "./env.ts";
import { highWater, type HighWater } from "./log/high-water.ts";
import type { InstallationSecret } from "./secret.ts";

/**
 * The folder named by the operator, or for an embedded database one of the user's own. Replicas on PostgreSQL
 * would have to share one, so there it is for the operator to name it, and without one there are no marks.
 */
function folderOf(settings: Settings, secret: InstallationSecret): string | null {
  if (settings.highWater !== null || settings.database) return settings.highWater;
  const own = secret.derive("installation-id").toString("hex", 0, 8);
  return join(settings.state, "soglas", own);
}

export function openMarks(settings: Settings, secret: InstallationSecret): HighWater | null {
  const folder = folderOf(settings, secret);
  return folder === null ? null : highWater(folder);
}

/**
 * Makes the folder before anything is signed.
 * @returns whether it is on one volume with the embedded database, and would be restored with it
 * @throws {Error} when it cannot be made
 */
export async function prepareMarks(
  settings: Settings,
  secret: InstallationSecret,
): Promise<{ besideData: boolean }> {
  const folder = folderOf(settings, secret);
  if (folder === null) return { besideData: false };
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new Error(`${folder} cannot be made; set SOGLAS_HIGHWATER to a folder that can`, {
      cause: error,
    });
  }
  if (settings.database) return { besideData: false };
  return { besideData: (await stat(folder)).dev === (await stat(settings.data)).dev };
}
