/** What may be said of a page: its address, a mask, or nothing. */
import type { TagConfig, TagService } from "../../../gateway/contract/widget.ts";
import type { Disguise } from "../parts.ts";

export interface Pages {
  /** The path itself, its mask, or an empty string when nothing may be said of the page. */
  shown(path: string): string;
  /** Whether the path itself may be said. */
  told(path: string): boolean;
  /** The page as the gateway may know it: a masked one has no title. */
  current(): { url: string; title: string };
  /**
   * A single-page application has left a path for the current one. A vendor's tag would tell either: off
   * until the next page is loaded, where one of them may not be said.
   */
  moved(from: string): void;
  /** Whether a service is active on the current page. */
  active(service: TagService): boolean;
  /** What a vendor's tag must be told on the current page. */
  disguise(): Disguise;
  /** The referrer without query and fragment: one of our own pages as it is shown, of others the origin. */
  referrer(): string;
}

/** Undone run by run, so that a stray `%` elsewhere in the path hides nothing. */
const decoded = (path: string) =>
  path.replace(/(%[\da-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });

/** `/a;jsessionid=1/b` → `/a/b`; a segment `..;` becomes `..` and is resolved like one. */
const bare = (path: string) => new URL("http://a" + path.replace(/;[^/]*/g, "")).pathname;

/** Means what `cleanPage` of gateway/privacy/url.ts means by the same patterns. */
export function openPages({ exclude, mask = [] }: TagConfig): Pages {
  const compiled: Record<string, RegExp> = {};
  const matches = (source: string | undefined, path: string) =>
    !!source &&
    [path, bare(path)].some((form) =>
      [form, decoded(form)].some((each) => (compiled[source] ??= new RegExp(source)).test(each)),
    );
  const shown = (path: string) =>
    matches(exclude, path) ? "" : (mask.find(([source]) => matches(source, path))?.[1] ?? path);
  const told = (path: string) => shown(path) === path;
  let tagsOff = false;
  /** A vendor that is told nothing looks for itself, so an excluded page becomes the origin's root. */
  const address = ({ origin, pathname }: Location | URL) => origin + (shown(pathname) || "/");

  /**
   * Of another origin only the origin: it may be the same site under another name, and the tag does not
   * know which are. Little is lost, since browsers' default policy says no more of it either.
   */
  function referrer(): string {
    if (!document.referrer) return "";
    const from = new URL(document.referrer);
    return from.origin === location.origin ? address(from) : new URL("/", from).href;
  }

  return {
    shown,
    told,
    referrer,
    current: () => ({
      url: address(location),
      title: told(location.pathname) ? document.title : "",
    }),
    moved(from) {
      tagsOff ||= !told(from) || !told(location.pathname);
    },
    active: ({ pages, mode }) =>
      !!shown(location.pathname) &&
      (!pages || matches(pages, location.pathname)) &&
      !(tagsOff && mode === "tag"),
    disguise: () => ({
      ...(!told(location.pathname) && { url: address(location) }),
      // A referrer that needs no disguise is left for the vendor to read, campaign parameters included.
      ...(referrer() !== document.referrer.split(/[?#]/)[0] && { referrer: referrer() }),
    }),
  };
}
