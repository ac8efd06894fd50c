/**
 * The key store: from a consent id to the subject reference and the key K, and from a reference to K.
 * Its rows are the only such way; deleting one is the erasure.
 */
import { createHmac, createSecretKey, randomBytes } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { InstallationSecret } from "../secret.ts";
import type { KeyDatabase } from "../storage/schema.ts";
import type { Store } from "../storage/storage.ts";
import { hex } from "./hex.ts";

export interface SubjectKey {
  /** Subject reference, 16 random bytes: what record rows carry. */
  subject: Uint8Array;
  /** K, 32 random bytes. */
  key: Uint8Array;
}

/** Whose key: the site, and the consent id in its stored form. */
export interface SubjectName {
  site: string;
  consentId: string;
}

export interface SubjectKeys {
  /** The keys of these subjects in their order, made durably where missing. */
  ensure(subjects: SubjectName[]): Promise<SubjectKey[]>;
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

  async function known(
    db: Pick<typeof store.read, "selectFrom">,
    maps: Buffer[],
  ): Promise<Map<string, SubjectKey>> {
    if (maps.length === 0) return new Map();
    const rows = await db
      .selectFrom("subject_keys")
      .select(["map", "subject", "key"])
      .where("map", "in", maps)
      .execute();
    return new Map(rows.map(({ map, subject, key }) => [hex(map), { subject, key }]));
  }

  /** Someone else may make the same subject's key at this moment: what is in the table afterwards counts. */
  async function make(maps: Buffer[]): Promise<Map<string, SubjectKey>> {
    const rows = maps.map((map) => ({
      map,
      subject: randomBytes(16),
      key: randomBytes(32),
      created_at: clock.now(),
    }));
    return store.transaction(async (trx) => {
      await trx
        .insertInto("subject_keys")
        // In one order everywhere, so that two gateways never wait for each other's rows in a circle.
        .values(rows.toSorted((a, b) => Buffer.compare(a.map, b.map)))
        .onConflict((conflict) => conflict.column("map").doNothing())
        .execute();
      return known(trx, maps);
    });
  }

  return {
    async ensure(subjects) {
      const maps = subjects.map(mapOf);
      const distinct = new Map(maps.map((map) => [hex(map), map]));
      const keys = await known(store.read, [...distinct.values()]);
      const missing = [...distinct].filter(([name]) => !keys.has(name)).map(([, map]) => map);
      if (missing.length > 0) for (const [name, key] of await make(missing)) keys.set(name, key);
      return maps.map((map) => {
        const key = keys.get(hex(map));
        if (!key)
          throw new Error("a subject's key was destroyed while a record of theirs was being made");
        return key;
      });
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
