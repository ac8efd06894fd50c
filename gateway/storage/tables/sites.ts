/** Tables of sites/: what was published, and what the log says of it. */
import type { Generated } from "kysely";
import type { Bytes } from "./bytes.ts";

export interface SiteTables {
  sites: { id: string; log_name: string; created_at: number };
  /** Content-addressed: files of site versions, pieces of widget builds. */
  blobs: { hash: string; bytes: Bytes };
  /** Immutable; `hash` over the sorted list of path and SHA-256. */
  site_versions: {
    site: string;
    hash: string;
    /** site.json as published, defaults filled in. */
    configuration: string;
    configuration_hash: string;
    policy_hash: string;
    consent_hash: string;
    texts_hash: string;
    created_at: number;
  };
  version_files: { site: string; version: string; path: string; blob: string };
  /** What was published when, and from when it counts. Append-only. */
  timeline: {
    id: Generated<number>;
    site: string;
    version: string;
    published_at: number;
    effective_at: number;
    /** Number of an access key or a person; null: by the command. */
    published_by: string | null;
  };
  widget_builds: { hash: string; manifest: string; created_at: number };
  /** Logged (version, widget build) pairs: the only configurations a decision may name. */
  configs: {
    hash: string;
    site: string;
    version: string;
    build: string;
    statement: Bytes;
    effective_at: number;
    log: number;
    idx: number;
  };
  /** Choices on their way to another of the site's domains. */
  handovers: {
    /** SHA-256 of the code in the link. */
    code: Bytes;
    site: string;
    /** Where it counts. */
    origin: string;
    /** JSON: nothing says whose it is. */
    choice: string;
    expires_at: number;
  };
}
