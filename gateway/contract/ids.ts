/**
 * The shapes of every identifier that crosses a boundary.
 *
 * All binary values travel as unpadded base64url: 16 bytes are 22 characters, 32 bytes are 43.
 */
import { z } from "zod";
import { hashForm, id128Form, slugForm } from "./forms.ts";

/**
 * One line that a person typed, to be shown to others: nothing that rearranges what stands around it, and
 * no half characters. PostgreSQL stores neither those nor NUL.
 */
export const shownLine = z
  .string()
  .regex(
    /^(?=.*\S)[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]+$/u,
    "one line of text without control characters",
  );

/** A site, purpose or service id, as its owner writes it: also a path segment and a key in records. */
export const slug = z
  .string()
  .regex(slugForm, "lower-case letters, digits and hyphens, starting with a letter, at most 32");

/** SHA-256 in base64url. */
export const hash = z.string().regex(hashForm, "43 characters of base64url (32 bytes)");

/** 128 bits in base64url: record ids and subject secrets. */
export const id128 = z.string().regex(id128Form, "22 characters of base64url (16 bytes)");

/** BCP 47 language tag, as far as the product uses it: primary subtag with an optional region or script. */
export const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/, "a language tag such as ru or pt-BR");

/** ISO 3166-1 alpha-2. */
export const country = z.string().regex(/^[A-Z]{2}$/, "a two-letter country code such as RU");
