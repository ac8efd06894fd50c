/**
 * Sites as the routes see them: publishing, what is in effect, and the scripts composed from it.
 */
import type { Compressed } from "../compress.ts";
import type { Issue } from "../contract/errors.ts";
import type { Site } from "../contract/site.ts";
import type { Replay, ShownScripts } from "../contract/staff/replay.ts";
import type { SiteTag } from "../contract/staff/versions.ts";
import type { Place } from "./places.ts";
import type { InterfaceConfig } from "../contract/widget.ts";

/** A site directory in memory: path relative to it (`policy/ru.md`) → bytes. */
export type SiteFiles = Map<string, Uint8Array>;

/** A logged configuration of a site, resolved: immutable, so it may be cached for ever. */
export interface SiteConfig {
  /**
   * As published, with two things settled: a gateway service without a profile has `strict`, and
   * services that may not run (a cross-border destination not attested, under `ru`) are left out.
   */
  site: Site;
  /** Hash of the logged statement: what decisions name. */
  hash: string;
  version: string;
  build: string;
  /** What asks the visitor again when it changes: 8 characters. */
  revision: string;
  /** Unix milliseconds. */
  effectiveAt: number;
  policyHash: string;
  consentHash: string;
}

export interface Published {
  site: string;
  version: string;
  /** Hash of the logged configuration. */
  config: string;
  effectiveAt: number;
  /** False when this very content was already the newest of the timeline. */
  fresh: boolean;
}

/** Everything wrong with a site directory, at once, each with its path. */
export class PublishError extends Error {
  readonly issues: Issue[];
  constructor(issues: Issue[]) {
    super(`the site directory has ${issues.length} problem${issues.length === 1 ? "" : "s"}`);
    this.name = "PublishError";
    this.issues = issues;
  }
}

/** Somebody else published meanwhile: what the draft was made from is not the newest any more. */
export class VersionConflict extends Error {
  override name = "VersionConflict";
}

export interface Sites {
  /**
   * Validates and publishes a site directory as an immutable version, logs its configuration and
   * puts it on the timeline. The same content again changes nothing.
   * @throws {PublishError} with every problem at once; {VersionConflict} when another version than
   *   expected is the newest.
   */
  publish(files: SiteFiles, options?: PublishOptions): Promise<Published>;
  /**
   * Everything that {@link publish} would refuse, without publishing.
   * @returns the site, or null together with every problem
   */
  check(files: SiteFiles, options?: CheckOptions): Promise<{ site: Site | null; issues: Issue[] }>;
  /** The configuration in effect now, or null for a site never published. */
  effective(site: string): Promise<SiteConfig | null>;
  /** A configuration that was logged for this site at any time, or null. */
  logged(site: string, config: string): Promise<SiteConfig | null>;
  /** Where a logged configuration of a site stands, and which stands at a place; null where none does. */
  placeOf(site: string, config: string): Promise<Place | null>;
  loggedAt(site: string, place: Place): Promise<SiteConfig | null>;
  /** The tag: core and configuration. */
  tag(site: string): Promise<Compressed | null>;
  /**
   * The tag together with the interface, for a visitor who will be asked. Where the tag would look further
   * for a language than this one, it comes alone, and looks.
   * @param wanted what the page or the browser says its language is, whatever it may be
   */
  first(site: string, wanted: string): Promise<Compressed | null>;
  /** What the site's pages need for the tag as it is now. */
  embedding(site: string): Promise<SiteTag | null>;
  /** The interface bundle of a logged configuration in one of its languages. */
  interface(site: string, config: string, language: string): Promise<Compressed | null>;
  /** What makes records under a logged configuration, and shows visitors theirs in one of its languages. */
  recorder(site: string, config: string, language: string): Promise<Compressed | null>;
  /** What opens marked elements under a logged configuration; the same in each of its languages. */
  gate(site: string, config: string, language: string): Promise<Compressed | null>;
  /**
   * What stands in the place of embedded content under a logged configuration, in one of its languages;
   * null too where nothing is embedded.
   */
  frames(site: string, config: string, language: string): Promise<Compressed | null>;
  /**
   * What the interface shows under the configuration in effect, for a page that shows it without scripts.
   * @param choose picks one of the site's languages, the fallback first
   */
  face(site: string, choose: (languages: string[]) => string): Promise<Face | null>;
  /** A logged configuration as it is shown in one of its languages, with what proves its code; or null. */
  replay(site: string, config: string, language: string): Promise<Replay | null>;
  /**
   * A site directory as it would be shown in one of its languages, by this gateway's build; null when the
   * language is not one of them. Nothing is stored.
   * @throws {PublishError} with every problem at once.
   */
  preview(files: SiteFiles, language: string): Promise<ShownScripts | null>;
  /**
   * A policy or consent document of a published version, as Markdown. `latest` stands for the version
   * in effect.
   * @param choose picks one of the site's languages, the fallback first
   */
  document(
    site: string,
    kind: DocumentKind,
    version: string,
    choose: (languages: string[]) => string,
  ): Promise<PublishedDocument | null>;
  /** Every site that has a configuration in effect, by id. */
  list(): Promise<{ id: string; config: SiteConfig }[]>;
}

export interface Face {
  config: SiteConfig;
  face: InterfaceConfig;
  /** The widget's texts, the owner's in their place. */
  texts: Record<string, string>;
}

export interface CheckOptions {
  /** Unix milliseconds, not in the past: from when the version counts. Now when absent. */
  effectiveAt?: number;
  /** Id of the only site that the files may be of. */
  site?: string;
}

export interface PublishOptions extends CheckOptions {
  /** The version that must be the newest of the timeline, unless the same is published once more. */
  expected?: string;
  /** Number of the access key or the person that publishes. */
  publishedBy?: string;
}

export type DocumentKind = "policy" | "consent";

export interface PublishedDocument {
  /** The site as that version describes it. */
  site: Site;
  language: string;
  markdown: string;
  /** Hash of the version. */
  version: string;
  /** Hash over the document in all its languages, as records name it. */
  hash: string;
  /** Unix milliseconds: since when, or from when, the version counts. */
  effectiveAt: number;
  /** `superseded`: the version in effect has another text. */
  status: "in-force" | "announced" | "superseded";
}
