/** Every vendor that a page can meet: the files of tags/, found when the process starts. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ServiceVendor } from "../contract/vendors.ts";
import type { Tag } from "./tag.ts";

const folder = join(import.meta.dirname, "tags");

/** In the order of their file names. */
export const tags: readonly Tag[] = await Promise.all(
  readdirSync(folder)
    .filter((name) => name.endsWith(".ts"))
    .toSorted()
    .map(async (name) => {
      const loaded: { default: Tag } = await import(pathToFileURL(join(folder, name)).href);
      return loaded.default;
    }),
);

export const tagOf = (vendor: string): Tag | undefined => tags.find(({ id }) => id === vendor);

/**
 * Everything that `vendor` of a service may name.
 * @param reached vendors that the gateway sends events to; one that pages load too has both modes
 */
export function serviceVendors(reached: readonly ServiceVendor[]): readonly ServiceVendor[] {
  const both = reached.map((vendor) => {
    const modes = new Set([...(tagOf(vendor.id)?.modes ?? []), ...vendor.modes]);
    return { ...vendor, modes: [...modes] as typeof vendor.modes };
  });
  const only = tags.filter(({ id }) => !reached.some((vendor) => vendor.id === id));
  return [...both, ...only];
}
