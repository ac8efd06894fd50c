/**
 * The subject half of a record: what ties it to a person. Sealed under the visitor's key K, which lives in
 * the key store only, so that destroying K makes every copy unreadable, backups included.
 */
import { createSecretKey, hkdfSync } from "node:crypto";
import { saltLength } from "./commitment.ts";
import { unseal } from "./seal.ts";

/** In the order in which it is written. */
export interface SubjectHalf {
  consentId: string;
  /** Cleaned path of the page: can be health data on a clinic's site, so it stands nowhere else. */
  page: string;
  /** Record id of the subject's previous record in the site's logs. */
  previous: string | null;
}

/** A half that was opened, with what it takes to check the leaf's commitment. */
export interface OpenedHalf {
  half: SubjectHalf;
  salt: Buffer;
  /** The exact bytes committed to. */
  bytes: Buffer;
}

const info = "soglas/subject-half/v1";

export function encodeSubject({ consentId, page, previous }: SubjectHalf): Buffer {
  return Buffer.from(JSON.stringify({ consentId, page, previous }));
}

/**
 * What K gives for one record: the salt of its commitment and the key of its seal.
 * @param key K, 32 bytes. @param recordId 16 bytes.
 */
export function recordKeys(key: Uint8Array, recordId: Uint8Array): { salt: Buffer; seal: Buffer } {
  const length = saltLength + 32;
  // A key object: given bare bytes, Node makes one by a way that takes twice as long.
  const derived = Buffer.from(hkdfSync("sha256", createSecretKey(key), recordId, info, length));
  return { salt: derived.subarray(0, saltLength), seal: derived.subarray(saltLength) };
}

/** @throws {Error} when the bytes were not sealed with this key, or changed since. */
export function openSubject(key: Uint8Array, recordId: Uint8Array, sealed: Uint8Array): OpenedHalf {
  const { salt, seal } = recordKeys(key, recordId);
  const bytes = unseal(seal, sealed);
  return { half: JSON.parse(bytes.toString("utf8")), salt, bytes };
}
