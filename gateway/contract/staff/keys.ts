/** `/v1/staff/keys`: access keys, shown once and stored as hashes. */
import { z } from "zod";
import { shownLine, slug } from "../ids.ts";
import { role } from "./staff.ts";

/** `POST /v1/staff/keys`. */
export const keyBody = z.strictObject({
  /** For people: whose key this is, or what uses it. */
  label: shownLine.max(100),
  role,
  /** Null: every site, also those published later. */
  site: slug.nullable(),
  /** Days after which the key no longer counts; never when null. */
  days: z.number().int().min(1).max(3650).nullable(),
});

const milliseconds = z.number().int();

export const accessKey = z.strictObject({
  id: z.string(),
  label: z.string(),
  role,
  site: slug.nullable(),
  /** Unix milliseconds. */
  createdAt: milliseconds,
  expiresAt: milliseconds.nullable(),
  revokedAt: milliseconds.nullable(),
});

export const keyList = z.strictObject({ keys: z.array(accessKey) });

/** The key itself is in this answer and nowhere else. */
export const newKey = z.strictObject({ id: z.string(), key: z.string() });

export type KeyList = z.infer<typeof keyList>;
export type NewKey = z.infer<typeof newKey>;
