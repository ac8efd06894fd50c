/** Vendors' own tags: exactly the ones that are allowed here and now run. */
import type { TagConfig, TagService } from "../../../gateway/contract/widget.ts";
import type { Disguise, Parts, Vendor } from "../parts.ts";

export interface Services {
  /**
   * Tells the vendors' consent modes, after stopping what is not allowed any more: even the news of a
   * refusal would be a request. One call per decision. True as in `apply`.
   */
  consent(granted: (purpose: string) => boolean, runs: (id: string) => boolean): boolean;
  /** Starts and stops what differs. True when something was stopped that only a reload surely ends. */
  apply(runs: (id: string) => boolean, disguise: () => Disguise): boolean;
}

/** Makes the vendors' parts, whose consent defaults must come before anything else in the page. */
export function openServices(
  config: TagConfig,
  parts: Parts,
  load: (src: string) => HTMLScriptElement,
): Services {
  const tagged = config.services.filter((service) => service.mode === "tag");
  const vendors: Partial<Record<string, Vendor<TagService>>> = {};
  for (const { vendor } of tagged)
    vendors[vendor] ??= parts[vendor]?.(config, load) as Vendor<TagService> | undefined;
  const running = new Set<TagService>();

  function stop(runs: (id: string) => boolean): boolean {
    let reload = false;
    for (const service of running) {
      if (runs(service.id)) continue;
      running.delete(service);
      try {
        reload = vendors[service.vendor]?.stop(service) || reload;
      } catch {
        // The page has broken what stops it.
        reload = true;
      }
    }
    return reload;
  }

  return {
    consent(granted, runs) {
      const reload = stop(runs);
      for (const vendor of Object.values(vendors)) vendor?.consent?.(granted);
      return reload;
    },
    apply(runs, disguise) {
      const reload = stop(runs);
      for (const service of tagged) {
        if (!runs(service.id) || running.has(service)) continue;
        running.add(service);
        vendors[service.vendor]?.start(service, disguise());
      }
      return reload;
    },
  };
}
