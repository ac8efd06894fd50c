/** Vendors' own tags: exactly the ones that are allowed here and now run. */
import type { TagConfig, TagService } from "../../gateway/contract/widget.ts";
import type { Disguise, Parts, Vendor } from "./parts.ts";

export interface Services {
  /** Tells the vendors' consent modes. One call per decision. */
  consent(granted: (purpose: string) => boolean): void;
  /** Starts and stops what differs. True when something was stopped that only a reload surely ends. */
  apply(runs: (id: string) => boolean, disguise: () => Disguise): boolean;
}

/** Makes the vendors' parts, whose consent defaults must come before anything else in the page. */
export function openServices(
  config: TagConfig,
  parts: Parts,
  load: (src: string) => HTMLScriptElement,
): Services {
  const tagged = config.services.filter(({ mode }) => mode === "tag");
  const vendors: Partial<Record<string, Vendor<TagService>>> = {};
  for (const { vendor } of tagged)
    vendors[vendor] ??= parts[vendor]?.(config, load) as Vendor<TagService> | undefined;
  const running = new Set<TagService>();

  return {
    consent(granted) {
      for (const vendor of Object.values(vendors)) vendor?.consent?.(granted);
    },
    apply(runs, disguise) {
      let reload = false;
      for (const service of tagged) {
        const wanted = runs(service.id);
        if (wanted === running.has(service)) continue;
        const vendor = vendors[service.vendor];
        if (wanted) {
          running.add(service);
          vendor?.start(service, disguise());
        } else {
          running.delete(service);
          reload = vendor?.stop(service) || reload;
        }
      }
      return reload;
    },
  };
}
