/** A real installation for tests: embedded storage and consent log in a folder of its own, a clock that is set. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { SiteInput } from "../../gateway/contract/site.ts";
import { vendorEndpoints, vendors } from "../../gateway/events/vendors.ts";
import { openLog } from "../../gateway/log/open.ts";
import { installationSecret } from "../../gateway/secret.ts";
import { storeBuild } from "../../gateway/sites/builds.ts";
import { openSites } from "../../gateway/sites/open.ts";
import { serviceVendors } from "../../gateway/sites/tags.ts";
import { readSiteDirectory } from "../../gateway/sites/directory/read.ts";
import type { SiteFiles, Sites } from "../../gateway/sites/sites.ts";
import { openStorage, type StorageOptions } from "../../gateway/storage/open.ts";
import type { Storage } from "../../gateway/storage/storage.ts";

export const fixtures = join(import.meta.dirname, "fixtures");
export const publicUrl = "https://consent.example/soglas";
/** A moment inside a second, since statements count in whole ones. */
export const startTime = Date.UTC(2026, 5, 1, 12, 0, 0, 250);

export interface Installation {
  storage: Storage;
  sites: Sites;
  clock: { now(): number; time: number };
  /** Opens the same database again, as the next start of a gateway does. */
  restart(widget?: string): Promise<Sites>;
}

/**
 * @param widget folder of the widget build the gateway brings
 * @param database where to keep it; an embedded database of its own when absent
 */
export async function installation(
  widget = join(fixtures, "widget"),
  database?: StorageOptions,
): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), "soglas-sites-"));
  const storage = await openStorage(database ?? { engine: "sqlite", folder, server: true });
  const clock = { time: startTime, now: () => clock.time };
  const log = openLog({ storage, secret: installationSecret(Buffer.alloc(32, 7)), clock });
  onTestFinished(async () => {
    await log.close();
    await storage.close();
    await rm(folder, { recursive: true });
  });
  const start = async (build: string) =>
    openSites({
      storage,
      log,
      clock,
      publicUrl,
      scripts: vendorEndpoints.parse({}),
      serviceVendors: serviceVendors(vendors),
      build: await storeBuild(storage, build, clock),
    });
  return {
    storage,
    sites: await start(widget),
    clock,
    restart: (next = widget) => start(next),
  };
}

/** The fixture site, whole and valid. */
export const shop = (): Promise<SiteFiles> => readSiteDirectory(join(fixtures, "shop"));

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The fixture site with its site.json changed. */
export async function shopWith(change: (site: SiteInput) => void): Promise<SiteFiles> {
  const files = await shop();
  const site = JSON.parse(new TextDecoder().decode(files.get("site.json"))) as SiteInput;
  change(site);
  return files.set("site.json", bytes(JSON.stringify(site)));
}
