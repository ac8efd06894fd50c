/**
 * The key store: from a consent id to the subject reference and the key K, and from a reference to K.
 * Its rows are the only such way; deleting one is the erasure.
 */
import { createHmac, createSecretKey } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { InstallationSecret } from "../secret.ts";
import type { KeyDatabase } from "../storage/schema.ts";
import type { Store } from "../storage/storage.ts";
import { ensureKeys } from "./sequencer/ensure-keys.ts";
import { hex } from "./bytes.ts";

/** Bytes as hexadecimal text: it crosses threads. */
export interface SubjectKey {
  /** Subject reference, 16 random bytes: what record rows carry. */
  subject: string;
  /** K, 32 random bytes. */
  key: string;
}

/** Whose key: the site, and the consent id in its stored form. */
export interface SubjectName {
  site: string;
  consentId: string;
}

export interface SubjectKeys {
  /** The keys of these subjects in their order, made durably where missing; `made` says where. */
  ensure(subjects: SubjectName[]): Promise<(SubjectKey & { made: boolean })[]>;
  /** The subject reference, or null: never decided here, or erased. */
  find(subject: SubjectName): Promise<Uint8Array | null>;
  /** K of a subject reference, or null once erased. */
  keyOf(subject: Uint8Array): Promise<Uint8Array | null>;
  /** Destroys K and the way to it: the erasure. One that is gone already is no error. */
  destroy(subject: Uint8Array): Promise<void>;
  /**
   * References by the order of their rows, a page at a time: `next` leads to the following one.
   * @param page `before`: keys made before this moment, unix milliseconds.
   */
  list(page: { after?: Uint8Array; before: number; limit: number }): Promise<{
    subjects: Uint8Array[];
    next: Uint8Array | null;
  }>;
}

/** 128 bits of the HMAC: as hard to meet by chance as the references themselves. */
const mapLength = 16;

export function subjectKeys(
  store: Store<KeyDatabase>,
  secret: InstallationSecret,
  clock: Clock,
): SubjectKeys {
  const mapKey = createSecretKey(secret.derive("subject-map"));
  const mapOf = ({ site, consentId }: SubjectName) =>
    createHmac("sha256", mapKey).update(`${site}\0${consentId}`).digest().subarray(0, mapLength);

  return {
    async ensure(subjects) {
      const names = subjects.map((subject) => hex(mapOf(subject)));
      const rows = await store.call(ensureKeys, { maps: [...new Set(names)], now: clock.now() });
      const keys = new Map(rows.map(({ map, ...key }) => [map, key]));
      return names.map((map) => keys.get(map)!);
    },
    async find(subject) {
      const row = await store.read
        .selectFrom("subject_keys")
        .select("subject")
        .where("map", "=", mapOf(subject))
        .executeTakeFirst();
      return row?.subject ?? null;
    },
    async keyOf(subject) {
      const row = await store.read
        .selectFrom("subject_keys")
        .select("key")
        .where("subject", "=", subject)
        .executeTakeFirst();
      return row?.key ?? null;
    },
    async destroy(subject) {
      await store.transaction((trx) =>
        trx.deleteFrom("subject_keys").where("subject", "=", subject).execute(),
      );
    },
    async list({ after, before, limit }) {
      const rows = await store.read
        .selectFrom("subject_keys")
        .select(["map", "subject"])
        .where("created_at", "<", before)
        .$if(after !== undefined, (query) => query.where("map", ">", after ?? Buffer.alloc(0)))
        .orderBy("map")
        .limit(limit)
        .execute();
      const last = rows.at(-1);
      return {
        subjects: rows.map(({ subject }) => subject),
        next: last && rows.length === limit ? last.map : null,
      };
    },
  };
}
