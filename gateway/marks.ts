/** Where the high-water marks of an installation are kept: away from its data, or they would be restored with it. */
import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Settings } from "./env.ts";
import { highWater, type HighWater } from "./log/guard/high-water.ts";
import { sharedMarks } from "./log/guard/shared-marks.ts";
import type { InstallationSecret } from "./secret.ts";
import { openMarkStore } from "./storage/open.ts";

/** `beside`: on one volume with the embedded database, and restored with it; `none`: nowhere. */
export type MarksPlace = "apart" | "beside" | "none";

export interface Marks {
  /** Null where there are none. */
  highWater: HighWater | null;
  close(): Promise<void>;
}

/**
 * The folder named by the operator, or for an embedded database one of the user's own. Replicas on PostgreSQL
 * would have to share one, so there it is for the operator to name it, and without one there are no marks.
 */
function folderOf(settings: Settings, secret: InstallationSecret): string | null {
  if (settings.highWaterUrl !== null) return null;
  if (settings.highWater !== null || settings.database) return settings.highWater;
  const own = secret.derive("installation-id").toString("hex", 0, 8);
  return join(settings.state, "soglas", own);
}

/** @throws {StorageError} when the marks are in a database, and that is out of reach. */
export async function openMarks(settings: Settings, secret: InstallationSecret): Promise<Marks> {
  if (settings.highWaterUrl !== null) {
    const store = await openMarkStore(settings.highWaterUrl);
    return { highWater: sharedMarks(store), close: () => store.close() };
  }
  const folder = folderOf(settings, secret);
  return { highWater: folder === null ? null : highWater(folder), close: async () => undefined };
}

/**
 * Makes the folder, if there is to be one, before anything is signed.
 * @throws {Error} when it cannot be made
 */
export async function prepareMarks(
  settings: Settings,
  secret: InstallationSecret,
): Promise<MarksPlace> {
  if (settings.highWaterUrl !== null) return "apart";
  const folder = folderOf(settings, secret);
  if (folder === null) return "none";
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new Error(`${folder} cannot be made; set SOGLAS_HIGHWATER to a folder that can`, {
      cause: error,
    });
  }
  if (settings.database) return "apart";
  return (await stat(folder)).dev === (await stat(settings.data)).dev ? "beside" : "apart";
}
