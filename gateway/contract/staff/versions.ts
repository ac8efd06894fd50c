/** Site versions as staff see them: which text was in force when, what changed, and publishing another. */
import { z } from "zod";
import { issue } from "../errors.ts";
import { unixSeconds } from "../decision.ts";
import { hash, language, slug } from "../ids.ts";
import { jurisdiction, localized, site } from "../site.ts";

/** Paths of a site directory → their texts. */
export const siteTexts = z.record(z.string().max(60), z.string().max(600_000));

export const timelineQuery = z.strictObject({
  /** Which entry counted at this moment: `inForce` of the answer. Now when absent. */
  at: z.coerce.number().int().min(0).max(99_999_999_999).optional(),
});

export const timelineEntry = z.strictObject({
  id: z.number().int(),
  version: hash,
  publishedAt: unixSeconds,
  /** From when it counts, and until when: null as long as nothing is to take its place. */
  effectiveAt: unixSeconds,
  until: unixSeconds.nullable(),
  /** `replaced`: another publication took its place before it ever counted. */
  status: z.enum(["announced", "in-force", "superseded", "replaced"]),
  /** Number of the access key, or of the person, that published it; null: by the command, on the gateway's own computer. */
  publishedBy: z.string().nullable(),
  configuration: hash,
  policy: hash,
  consent: hash,
  /** Over summaries and the owner's own texts. */
  texts: hash,
});

export const siteTimeline = z.strictObject({
  site: slug,
  /** Version published last: what another publication must name as expected. */
  newest: hash,
  /** Id of the entry that counted at the moment asked about; null: none did yet. */
  inForce: z.number().int().nullable(),
  /** The latest moment first. */
  entries: z.array(timelineEntry),
});

export const siteVersion = z.strictObject({
  site: slug,
  version: hash,
  /** `site.json` with its defaults filled in. */
  configuration: site,
  /** Every file, byte for byte. */
  files: siteTexts,
});

export const differenceQuery = z.strictObject({ from: hash, to: hash });

const pieceKind = z.enum(["same", "removed", "added"]);

/** A paragraph that stayed, went, came or was reworded; `gap`: so many that stayed and are left out. */
export const passage = z.discriminatedUnion("kind", [
  z.strictObject({ kind: pieceKind, text: z.string() }),
  z.strictObject({
    kind: z.literal("changed"),
    pieces: z.array(z.strictObject({ kind: pieceKind, text: z.string() })),
  }),
  z.strictObject({ kind: z.literal("gap"), count: z.number().int() }),
]);

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** A field of the configuration before or after; null where there is none. */
export const changedValue = z.union([
  scalar,
  z.null(),
  z.array(z.string()),
  z.array(z.record(z.string(), scalar)),
  z.record(z.string(), z.string()),
]);

export const configChange = z.strictObject({
  /** The purpose or the service it belongs to; null: the site as a whole. */
  of: z
    .strictObject({ kind: z.enum(["purpose", "service"]), id: slug, name: localized })
    .nullable(),
  /** Field of `site.json`, below what it belongs to: `recipient.country`. */
  field: z.string(),
  before: changedValue,
  after: changedValue,
});

const namedPurpose = z.strictObject({ id: slug, name: localized });
const namedService = z.strictObject({
  id: slug,
  name: localized,
  recipient: z.strictObject({ name: z.string(), country: z.string(), crossBorder: z.boolean() }),
});
const comings = <S extends z.ZodType>(of: S) =>
  z.strictObject({ added: z.array(of), removed: z.array(of) });

export const documentDifference = z.strictObject({
  path: z.string(),
  kind: z.enum(["policy", "summary", "consent", "texts"]),
  language,
  state: z.enum(["added", "removed", "changed"]),
  passages: z.array(passage),
});

export const siteDifference = z.strictObject({
  from: hash,
  /** Null: a draft. */
  to: hash.nullable(),
  /** Why visitors who had decided are asked again; empty: they are not. */
  asksAgain: z.array(
    z.strictObject({
      about: z.enum(["jurisdiction", "controller", "consent", "purpose", "service"]),
      id: slug.nullable(),
    }),
  ),
  purposes: comings(namedPurpose),
  services: comings(namedService),
  changes: z.array(configChange),
  documents: z.array(documentDifference),
});

/** `POST /v1/staff/sites/{site}/check`. */
export const draftBody = z.strictObject({
  files: siteTexts,
  /** From when it is to count: what it is compared with counts until then. Now when absent. */
  effectiveAt: unixSeconds.optional(),
});

export const draftAnswer = z.strictObject({
  /** Everything wrong at once, each with its file and field; empty: it can be published. */
  issues: z.array(issue),
  /** Against what would count without it; null while something is wrong. */
  difference: siteDifference.nullable(),
});

/** `POST /v1/staff/sites/{site}/versions`. */
export const publishBody = z.strictObject({
  ...draftBody.shape,
  /** `newest` of the timeline, as it was when the draft was made from it. */
  expected: hash,
});

export const publishAnswer = z.strictObject({
  version: hash,
  /** Hash of the logged configuration: what decisions under it name. */
  config: hash,
  effectiveAt: unixSeconds,
  /** False when this very content was already the newest of the timeline. */
  fresh: z.boolean(),
});

/** `GET /v1/staff/sites/{site}/tag`. */
export const siteTag = z.strictObject({
  /** Where the tag is served. */
  address: z.string(),
  /** The element to paste. */
  element: z.string(),
  /**
   * May be pasted in its place: starts the tag, or tag and interface in one script for whoever will be asked,
   * and takes calls to `window.soglas` until then. Null with automatic blocking, which only works synchronously.
   */
  inline: z
    .strictObject({
      element: z.string(),
      /** Source that `script-src` needs for it. */
      hash: z.string(),
    })
    .nullable(),
  /** What a page's Content-Security-Policy must allow for it: directive → sources. */
  policy: z.record(z.string(), z.array(z.string())),
  jurisdiction,
  /** Ids of the purposes that visitors are asked about: what marked parts of a page wait for. */
  asked: z.array(slug),
});

export type SiteTimeline = z.infer<typeof siteTimeline>;
export type SiteVersion = z.infer<typeof siteVersion>;
export type SiteDifference = z.infer<typeof siteDifference>;
export type DocumentDifference = z.infer<typeof documentDifference>;
export type ConfigChange = z.infer<typeof configChange>;
export type ChangedValue = z.infer<typeof changedValue>;
export type Passage = z.infer<typeof passage>;
export type DraftBody = z.infer<typeof draftBody>;
export type PublishBody = z.infer<typeof publishBody>;
export type DraftAnswer = z.infer<typeof draftAnswer>;
export type PublishAnswer = z.infer<typeof publishAnswer>;
export type SiteTag = z.infer<typeof siteTag>;
