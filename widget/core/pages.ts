/** What may be said of a page: its address, a mask, or nothing. */
import type { TagConfig, TagService } from "../../gateway/contract/widget.ts";
import type { Disguise } from "./parts.ts";

export interface Pages {
  /** The path itself, its mask, or an empty string when nothing may be said of the page. */
  shown(path: string): string;
  /** Whether a service is active on the current page. */
  active(service: TagService): boolean;
  /** What a vendor's tag must be told on the current page. */
  disguise(): Disguise;
  /** The referrer without query and fragment, masked where it is one of our own pages. */
  referrer(): string;
}

export function openPages(config: TagConfig): Pages {
  const matches = (source: string | undefined, path: string) =>
    source !== undefined && new RegExp(source).test(path);

  function shown(path: string): string {
    if (matches(config.exclude, path)) return "";
    const mask = config.mask?.find(([source]) => matches(source, path));
    return mask ? mask[1] : path;
  }

  /** An empty page of ours still has an origin: a vendor that is told nothing would look for itself. */
  const address = (path: string) => location.origin + (shown(path) || "/");

  function referrer(): string {
    if (!document.referrer) return "";
    const { origin, pathname } = new URL(document.referrer);
    return origin === location.origin ? address(pathname) : origin + pathname;
  }

  return {
    shown,
    referrer,
    active: ({ pages }) =>
      shown(location.pathname) !== "" && (!pages || matches(pages, location.pathname)),
    disguise() {
      const disguise: Disguise = {};
      const { pathname } = location;
      if (shown(pathname) !== pathname) disguise.url = address(pathname);
      // Compared without its query: a referrer that needs no mask stays as the vendor reads it.
      if (referrer() !== document.referrer.split(/[?#]/)[0]) disguise.referrer = referrer();
      return disguise;
    },
  };
}
