/**
 * What the gateway hands to the widget: the tag's configuration and the interface's texts.
 * Types only — the widget trusts its own gateway, and zod never enters a page.
 */
import type { AppliedProfile } from "./decision.ts";
import type { ConsentModeType, Jurisdiction, StorageKind, EarlierTool } from "./site.ts";
import type { SummaryTopic } from "./summary.ts";
import type { Mode } from "./vendors.ts";

/**
 * Appended to the core in `GET /s/{site}.js`. Only what a visitor who has decided needs:
 * texts travel with the interface. Every byte is paid on every page, so keys are short words
 * and absent means default.
 */
export interface TagConfig {
  site: string;
  /** Gateway base URL without a trailing slash, e.g. `https://consent.example.com` (a path prefix is allowed). */
  gateway: string;
  /** Hash of the logged configuration: what a decision names as having been shown. */
  config: string;
  /** First 8 characters of the hash over everything whose change asks the visitor again. */
  revision: string;
  /** Languages of the site, the fallback first. */
  languages: string[];
  /** Name of the consent cookie. */
  cookie: string;
  /** Days a grant and a refusal are valid. */
  days: { grant: number; refusal: number };
  /** Ids of what the visitor is asked about, in the order of the cookie's bits: purposes, then services. */
  asked: string[];
  /** Ids of essential purposes and their services: always on and never asked for. */
  always: string[];
  services: TagService[];
  /** By consent mode type, the purposes that grant it; absent where nobody in the page speaks consent mode. */
  consentMode?: Record<ConsentModeType, string[]>;
  /** Regular expression source over the path: pages about which nothing is sent. */
  exclude?: string;
  /** [regular expression source over the path, address sent instead]: pages that are masked. */
  mask?: [source: string, replacement: string][];
  /**
   * Automatic blocking: [regular expression source over an address without its scheme, id of the service
   * that it waits for]. The first that matches counts.
   */
  block?: [source: string, service: string][];
  /**
   * Of a site that had other consent tools: theirs, by id of what is asked the tool's own names for it, and
   * the domain on which the choice is shared.
   */
  migrate?: {
    from: { tool: EarlierTool; cookie: string; names: Record<string, string[]> }[];
    domain?: string;
    /** The choice stays in local storage. */
    local?: true;
  };
  /** The control that reopens the choices: its side, and its label in every language. */
  reopen?: { side: "left" | "right"; label: Record<string, string> };
  /** Origins between which links carry the choice. */
  share?: string[];
  /** The gateway shares an origin with pages of the site, so it can write the cookie too. */
  renewal?: true;
  /** Domain whose hosts share the cookie. */
  shared?: string;
  /** Of a site with several jurisdiction profiles, or one under which nothing is asked. */
  profiles?: {
    own: Jurisdiction;
    /** Strictest first. */
    all: Jurisdiction[];
    /** The gateway knows by the visitor's country which is in force. */
    region?: true;
    /** By language, the control that opts out, and what is said afterwards. */
    optOut?: Record<string, [label: string, said: string]>;
  };
  /** The profile in force on this page: settled in the page, never sent. */
  applied?: AppliedProfile;
}

interface TagServiceBase {
  id: string;
  /** Regular expression source over the path: where the service is active. */
  pages?: string;
}

/**
 * The vendor's own script in the page. `vendor` names the part of the tag that starts it, `src` is the
 * complete script address.
 */
export type TagForm =
  | {
      /** Google's tags, of every kind: they share one consent mode. */
      vendor: "ga4";
      src: string;
      /** A measurement id, a conversion id or a container's. */
      measurementId: string;
      /** Loaded before the choice, in consent mode. */
      advanced?: true;
      /** The page's own snippet loads it. */
      pasted?: true;
      /** Profile `direct`: where on the gateway the tag sends its hits. */
      server?: string;
    }
  | { vendor: "metrika"; src: string; counter: number; webvisor?: true; clickmap?: true }
  | ({ vendor: "snippet" } & Snippet)
  | { vendor: "tiktok"; src: string; pixel: string };

/** A script that is started as its vendor's public snippet starts it: what differs between vendors. */
export interface Snippet {
  src: string;
  /** Values the script looks for in the window; those of the page come first. */
  globals?: Record<string, unknown>;
  /**
   * What page code speaks to the vendor by: a function of this name, and the property of it in which
   * calls wait for the script. Null: an array is all there is.
   */
  queue?: [name: string, waiting: string | null];
  /** Properties of that function, and another name of it. */
  own?: Record<string, unknown>;
  alias?: string;
  /**
   * Put into the queue before the script comes, and when the grant ends: arguments, or entries of the
   * array. A `start` in an entry is the moment it is put there, Unix milliseconds.
   */
  says?: unknown[];
  ends?: unknown[];
  /** Called once the script has loaded: the way to a function from the window, and its arguments. */
  loaded?: [path: string, ...args: unknown[]][];
}

export type TagService =
  | (TagServiceBase & { mode: "tag" } & TagForm)
  /** What waits in the page's own markup: frames, or a vendor's snippet. */
  | (TagServiceBase & { vendor: "page" | "pasted"; mode: "tag" })
  | (TagServiceBase & {
      vendor: string;
      mode: "gateway";
      /** Regular expression source over the query: the pieces of it that may be sent, by default none. */
      query?: string;
      /** Account whose calls on the page are taken: a measurement id, or a counter. */
      calls?: string | number;
    });

/** Appended to the recorder in `GET /w/{site}/{config hash}/{lang}/record.js`: what only a decision needs. */
export interface RecorderConfig {
  jurisdiction: Jurisdiction;
  /** Whether a full refusal keeps the subject's secret in the browser. */
  refusalId: boolean;
  /** There is no gateway: no records are made, and no secret is kept. */
  unrecorded?: true;
  /** Domain on which the consent cookie is shared. */
  domain?: string;
  /** The choice stays in local storage. */
  local?: true;
  /** By service, what to sweep, the vendor's own included: [kind, name or prefix ending in `*`]. */
  stores: Record<string, Stored[]>;
}

/**
 * Appended in `GET /w/{site}/{config hash}/{lang}/frames.js` to what stands in the place of embedded
 * content: the services that live in frames, by id.
 */
export interface FramesConfig {
  language: string;
  direction: "ltr" | "rtl";
  look: Pick<InterfaceConfig["look"], "theme" | "accent">;
  jurisdiction: Jurisdiction;
  /** The consent document, which a grant under `ru` accepts. */
  consent: string;
  services: Record<
    string,
    Pick<InterfaceService, "name" | "description" | "recipient"> & { purpose: string }
  >;
}

/** A cookie or storage entry: [kind, name, or prefix ending in `*`]. */
export type Stored = [kind: StorageKind, name: string];

/**
 * Appended to the interface in `/w/{site}/{config hash}/{lang}.js`: the texts of one language,
 * the policy summary and the look.
 */
export interface InterfaceConfig {
  language: string;
  direction: "ltr" | "rtl";
  jurisdiction: Jurisdiction;
  /** Another one than `jurisdiction` may be in force. */
  several?: true;
  look: {
    placement: "box" | "bar" | "dialog" | "inline";
    theme: "system" | "light" | "dark";
    accent: string;
    /** Comfortable when absent. */
    density?: "compact";
    logo?: string;
  };
  controller: { name: string; contact: string };
  summary: { lead: string; points: { topic: SummaryTopic; text: string; href: string }[] };
  documents: { policy: string; consent: string };
  purposes: InterfacePurpose[];
}

export interface InterfacePurpose {
  id: string;
  name: string;
  description: string;
  essential: boolean;
  services: InterfaceService[];
}

export interface InterfaceService {
  id: string;
  name: string;
  description: string;
  mode: Mode;
  /** `country` by its name in the interface's language. */
  recipient: { name: string; country: string; crossBorder: boolean; policy?: string };
  stores: {
    name: string;
    kind: StorageKind;
    /** In words, such as "2 years"; absent where the entry ends with the browser's session. */
    life?: string;
    removable: boolean;
  }[];
}
