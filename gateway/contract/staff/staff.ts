/** What `/v1/staff/…` takes and answers: the console and other programs read the same. */
import { z } from "zod";
import { deviceClass } from "../agent.ts";
import { action, choiceState, control, offeredControl, place, unixSeconds } from "../decision.ts";
import { country, hash, id128, language, slug } from "../ids.ts";
import { recordCursor } from "./search.ts";
import { basis, jurisdiction, localized } from "../site.ts";
import { mode } from "../vendors.ts";

/** owner: everything; compliance: proof and erasure; auditor: reads only; backend: sends events only. */
export const role = z.enum(["owner", "compliance", "auditor", "backend"]);

/** `POST /v1/staff/session`. */
export const signInBody = z.strictObject({ key: z.string().max(200) });

/** Who is asking, and for how much of the installation. */
export const staffSession = z.strictObject({
  /** The number the audit trail knows them by: of the access key, or of the person. */
  keyId: z.string(),
  /** What the key is called, or what the provider calls the person. */
  label: z.string(),
  role,
  /** Null: every site. */
  sites: z.array(slug).readonly().nullable(),
  /** Signed in through the OpenID provider, not with an access key. */
  isPerson: z.boolean(),
});

export const siteSummary = z.strictObject({
  id: slug,
  name: localized,
  jurisdiction,
  languages: z.array(language),
  origins: z.array(z.string()),
  /** Hashes of the configuration in effect and of the version it belongs to. */
  config: hash,
  version: hash,
  effectiveAt: unixSeconds,
});

export const siteList = z.strictObject({ sites: z.array(siteSummary) });

/** What a record's configuration hash stands for: resolved on read, never stored again with a record. */
export const configSummary = z.strictObject({
  hash,
  version: hash,
  /** Hash of the widget build that was served. */
  build: hash,
  policy: hash,
  consent: hash,
  effectiveAt: unixSeconds,
  jurisdiction,
  purposes: z.array(
    z.strictObject({
      id: slug,
      name: localized,
      essential: z.boolean(),
      basis,
    }),
  ),
  services: z.array(
    z.strictObject({
      id: slug,
      name: localized,
      purpose: slug,
      mode,
      recipient: z.strictObject({ name: z.string(), country, crossBorder: z.boolean() }),
    }),
  ),
});

/** One decision in a list. Its purposes are named by the configuration it was made under. */
export const recordSummary = z.strictObject({
  id: id128,
  site: slug,
  /** Hash of the configuration that was shown; `configs` of the answer resolves it. */
  config: hash,
  /** The gateway's clock, authoritative. */
  time: unixSeconds,
  /** The browser's clock when the visitor decided. */
  clientTime: unixSeconds,
  /** It arrived so long after the decision that the two times need a second look. */
  late: z.boolean(),
  validUntil: unixSeconds,
  action,
  place,
  control,
  purposes: z.record(slug, choiceState),
  language,
  origin: z.string(),
  browser: z.string(),
  device: deviceClass,
  /** The visitor's half was erased: what remains proves that a decision was made, not whose. */
  erased: z.boolean(),
});

/** Everything of a record that staff may see; the visitor's half stays sealed. */
export const recordDetail = z.strictObject({
  ...recordSummary.shape,
  /** Public name of the log and place in it. */
  log: z.string(),
  index: z.number().int().min(0),
  /** What the leaf says of the fields shown here: a salted commitment to their exact stored bytes. */
  commitment: hash,
  services: z.record(slug, choiceState),
  offered: z.array(offeredControl),
  documents: z.array(z.enum(["consent"])),
  /** Null of a page without scripts, as is `viewport`. */
  theme: z.enum(["light", "dark"]).nullable(),
  viewport: z.enum(["narrow", "wide"]).nullable(),
  gpc: z.boolean(),
  /** The profile that was in force, on a site with several. */
  jurisdiction: jurisdiction.nullable(),
  country: country.nullable(),
});

export const recordList = z.strictObject({
  site: z.strictObject({ id: slug, name: localized }),
  records: z.array(recordSummary),
  /** `lapse` when `untilFrom` or `untilTo` was given: the soonest first; otherwise the newest first. */
  order: z.enum(["newest", "lapse"]),
  /** How many there are in all, where that is known without counting them. */
  total: z.number().int().nullable(),
  /** Entries of the last moment that filters do not find yet. */
  unindexed: z.number().int(),
  /** Every configuration that `records` name, once. */
  configs: z.array(configSummary),
  /** Null at the end. */
  next: recordCursor.nullable(),
});

/** What the gateway's own copy of the independent verifier says of a record's receipt. */
export const recordProof = z.strictObject({
  /** `pending`: recorded a moment ago, and not signed yet. */
  status: z.enum(["verified", "pending", "failed"]),
  /** The verifier's code when it failed. */
  problem: z.string().nullable(),
  /** The leaf's exact text; null while pending. */
  leaf: z.string().nullable(),
  /** The receipt as staff may see it, a C2SP tlog-proof; null while pending. */
  receipt: z.string().nullable(),
  /** Verifier key of the log, as the gateway knows it. */
  verifierKey: z.string().nullable(),
});

/** `GET /v1/staff/records/{site}/{recordId}`. */
export const recordAnswer = z.strictObject({
  record: recordDetail,
  config: configSummary,
  proof: recordProof,
});

export type Role = z.infer<typeof role>;
export type StaffSession = z.infer<typeof staffSession>;
export type SiteSummary = z.infer<typeof siteSummary>;
export type SiteList = z.infer<typeof siteList>;
export type ConfigSummary = z.infer<typeof configSummary>;
export type RecordSummary = z.infer<typeof recordSummary>;
export type RecordDetail = z.infer<typeof recordDetail>;
export type RecordProof = z.infer<typeof recordProof>;
export type RecordList = z.infer<typeof recordList>;
export type RecordAnswer = z.infer<typeof recordAnswer>;
