/** What may be said of a page: its address, a mask, or nothing. */
import type { TagConfig, TagService } from "../../gateway/contract/widget.ts";
import type { Disguise } from "./parts.ts";

export interface Pages {
  /** The path itself, its mask, or an empty string when nothing may be said of the page. */
  shown(path: string): string;
  /** The page as the gateway may know it: a masked one has no title. */
  current(): { url: string; title: string };
  /** Whether a service is active on the current page. */
  active(service: TagService): boolean;
  /** What a vendor's tag must be told on the current page. */
  disguise(): Disguise;
  /** The referrer without query and fragment, masked where it is one of our own pages. */
  referrer(): string;
}

export function openPages({ exclude, mask = [] }: TagConfig): Pages {
  const matches = (source: string | undefined, path: string) =>
    !!source && new RegExp(source).test(path);
  const shown = (path: string) =>
    matches(exclude, path) ? "" : (mask.find(([source]) => matches(source, path))?.[1] ?? path);
  /** A vendor that is told nothing looks for itself, so an excluded page becomes the origin's root. */
  const address = ({ origin, pathname }: Location | URL) => origin + (shown(pathname) || "/");
  const told = () => shown(location.pathname) === location.pathname;

  function referrer(): string {
    if (!document.referrer) return "";
    const from = new URL(document.referrer);
    return from.origin === location.origin ? address(from) : from.origin + from.pathname;
  }

  return {
    shown,
    referrer,
    current: () => ({ url: address(location), title: told() ? document.title : "" }),
    active: ({ pages }) =>
      !!shown(location.pathname) && (!pages || matches(pages, location.pathname)),
    disguise: () => ({
      ...(!told() && { url: address(location) }),
      // A referrer that needs no mask is left for the vendor to read, campaign parameters included.
      ...(referrer() !== document.referrer.split(/[?#]/)[0] && { referrer: referrer() }),
    }),
  };
}
