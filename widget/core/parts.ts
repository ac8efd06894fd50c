/**
 * How the prebuilt pieces of the tag meet. The gateway composes
 * `(function(SOGLAS_CONFIG,SOGLAS_PARTS){` parts, core `})(configuration,{});`
 * so each part leaves a factory in SOGLAS_PARTS and the core, coming last, calls what it needs.
 */
import type { TagConfig, TagService } from "../../gateway/contract/widget.ts";
import type { Core, OpenGate } from "./core.ts";
import type { Pages } from "./rules/pages.ts";
import type { Saved } from "./choice/saved.ts";
import type { Store } from "./store.ts";

declare global {
  const SOGLAS_CONFIG: TagConfig;
  const SOGLAS_PARTS: Parts;
}

/** What a vendor must be told instead of the truth; what is absent may be read off the page. */
export interface Disguise {
  url?: string;
  referrer?: string;
}

/** A vendor's own tag in the page. */
export interface Vendor<S> {
  /** Called once per decision, and once on each page of a visitor who has decided. */
  consent?(granted: (purpose: string) => boolean): void;
  /** @param more the vendor's own settings, beside those of the configuration */
  start(service: S, disguise: Disguise, more?: object): void;
  /** Uses the vendor's own switches. True when only a reload surely ends what was started. */
  stop(service: S): boolean;
}

type VendorFactory<S> = (
  config: TagConfig,
  /** Requests a script, at most once per page. */
  load: (src: string) => HTMLScriptElement,
) => Vendor<S>;

type Ga4Service = Extract<TagService, { vendor: "ga4"; mode: "tag" }>;
type MetrikaService = Extract<TagService, { vendor: "metrika"; mode: "tag" }>;
type SnippetService = Extract<TagService, { vendor: "snippet"; mode: "tag" }>;
type TiktokService = Extract<TagService, { vendor: "tiktok"; mode: "tag" }>;

/** What the tracker asks the core; answers may differ from one moment to the next. */
interface TrackerHost {
  pages: Pages;
  /** Holds the event token under `token`. */
  store: Store;
  /** For whatever is sent. */
  json(value: unknown): string;
  saved(): Saved | null;
  /** Whether a service is granted, and active on this page. */
  runs(service: string): boolean;
}

export interface Tracker {
  /**
   * @param page what is said of the page it happened on; the current one when absent
   * @param to ids of the services it is meant for; every one that may have it when absent
   */
  event(
    name: string,
    params?: object | null,
    page?: { url: string; title: string },
    to?: string[],
  ): void;
  /** Grant, token or page may have changed. */
  update(): void;
}

/** Parts that come later may stand in for earlier ones, and call them. */
export interface Parts {
  /** Of a script that brings tag and interface at once (face.ts): what stands for the interface's own script. */
  face?: () => HTMLScriptElement;
  /**
   * Of a site with several profiles, or one under which nothing is asked: finds which is in force, and
   * begins then, which its answer says. Called while the tag's script runs.
   */
  profile?: (core: Core, begin: () => void) => boolean;
  /** What is in force of a visitor who has not decided; nothing where they are asked. */
  standing?: Saved;
  ga4?: VendorFactory<Ga4Service>;
  metrika?: VendorFactory<MetrikaService>;
  snippet?: VendorFactory<SnippetService>;
  tiktok?: VendorFactory<TiktokService>;
  /** Absent where no service waits in marks: should a page have some all the same, its script is loaded. */
  gate?: OpenGate;
  /** Puts something in the place of embedded content that waits. */
  frames?: (core: Core, load: (src: string) => HTMLScriptElement) => void;
  /** A vendor's snippet that the page itself holds. */
  pasted?: VendorFactory<TagService>;
  /** Frames need none. */
  page?: undefined;
  tracker?: (config: TagConfig, host: TrackerHost) => Tracker;
  rules?: (config: TagConfig) => {
    pages: Pages;
    json(value: unknown): string;
    onNavigate(moved: (from: string) => void): () => void;
  };
}
