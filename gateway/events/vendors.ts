/**
 * Every vendor the gateway can reach: the files of vendors/, found when the process starts, so that
 * adding one is adding a file.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import type { Service } from "../contract/site.ts";
import { tagScripts, type TagScripts, type VendorEndpoints } from "../contract/vendors.ts";
import type { Destination, Vendor } from "./vendor.ts";

/** In the order of their file names. */
export const vendors: readonly Vendor[] = await loadVendors(join(import.meta.dirname, "vendors"));

async function loadVendors(folder: string): Promise<Vendor[]> {
  const files = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  return Promise.all(
    files.toSorted().map(async (name) => {
      const loaded: { default: Vendor } = await import(pathToFileURL(join(folder, name)).href);
      return loaded.default;
    }),
  );
}

/** `SOGLAS_VENDORS`: one object per vendor, each vendor's own; the vendors' real addresses by default. */
export const vendorEndpoints: z.ZodType<VendorEndpoints & TagScripts> = z
  .strictObject(
    Object.fromEntries(vendors.map(({ id, endpoints }) => [id, endpoints.prefault({})])),
  )
  // Every vendor with a tag has a `script` among its endpoints, or the gateway does not start.
  .transform((given) => ({ ...given, ...tagScriptsOf(given) }));

function tagScriptsOf(given: Record<string, unknown>): TagScripts {
  tagScripts.parse(given);
  return given as TagScripts;
}

/** Every address that an installation may send to. */
export function allowedAddresses(endpoints: VendorEndpoints): string[] {
  return vendors.flatMap((vendor) => vendor.addresses(endpoints[vendor.id] ?? {}));
}

/** Names of events that the services of a vendor are not told of. */
export const ignoredBy = (vendor: string): readonly string[] =>
  vendors.find(({ id }) => id === vendor)?.ignores ?? [];

/** The way to a service; null when no vendor of that name is there, or its settings are not such. */
export function destinationOf(service: Service, endpoints: VendorEndpoints): Destination | null {
  const vendor = vendors.find(({ id }) => id === service.vendor);
  const settings = vendor?.settings.safeParse(service.settings);
  return vendor && settings?.success
    ? vendor.destination(settings.data, endpoints[vendor.id] ?? {})
    : null;
}
