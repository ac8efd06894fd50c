/**
 * Access keys: `soglas_<id>_<secret>`, shown once and stored as SHA-256.
 *
 * The secret has 256 random bits, so a plain hash is enough: there is nothing to guess that a slow
 * hash would protect. The id is not secret; it stands in the audit trail.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Selectable } from "kysely";
import type { Clock } from "../clock.ts";
import { accessKeyForm } from "../contract/forms.ts";
import { role as roleSchema, type Role } from "../contract/staff/staff.ts";
import type { InstallationSecret } from "../secret.ts";
import type { Database } from "../storage/schema.ts";
import type { Storage } from "../storage/storage.ts";

/** Whoever showed a key that counts now, or signed in through the provider. */
export interface Holder {
  /** The number the audit trail knows them by: of the access key, or of the person. */
  keyId: string;
  label: string;
  role: Role;
  /** Null: every site. */
  sites: readonly string[] | null;
  isPerson: boolean;
}

/** What a new key is for. */
export interface KeyGrant {
  /** For people: whose key this is, or what uses it. At most 100 characters. */
  label: string;
  role: Role;
  /** Null: every site, also those published later. */
  site: string | null;
  /** Unix milliseconds from which the key no longer counts; never when null. */
  expiresAt: number | null;
}

export interface StoredKey extends KeyGrant {
  id: string;
  createdAt: number;
  revokedAt: number | null;
}

export interface AccessKeys {
  /** Makes a key. The text returned is shown once: only its hash is kept. */
  create(grant: KeyGrant): Promise<{ id: string; key: string }>;
  /** Who a key belongs to; null for one that is malformed, unknown, wrong, expired or revoked. */
  verify(key: string): Promise<Holder | null>;
  /** Revokes a key and ends its sessions in one step; false when it is unknown or already revoked. */
  revoke(id: string): Promise<boolean>;
  /** Every key ever made, newest first, without hashes. */
  list(): Promise<StoredKey[]>;
  /**
   * Makes an owner key for every site when no owner key was ever made, and returns it; null otherwise.
   * Its id follows from the installation secret, so of several replicas starting at once one makes it.
   */
  ensureFirstKey(): Promise<string | null>;
}

type KeyRow = Selectable<Database["access_keys"]>;

/** Compared against when there is no such key, so that an unknown id costs what a wrong secret does. */
const nobody = randomBytes(32);

/** The id of a key that has the right form, or null. */
export const keyId = (key: string): string | null => accessKeyForm.exec(key)?.[1] ?? null;

/** Whether a key counts at an instant (Unix milliseconds). */
export const isLive = (row: Pick<KeyRow, "expires_at" | "revoked_at">, now: number): boolean =>
  row.revoked_at === null && (row.expires_at === null || row.expires_at > now);

export function holderOf(row: Pick<KeyRow, "id" | "label" | "role" | "site">): Holder {
  return {
    keyId: row.id,
    label: row.label,
    role: roleSchema.parse(row.role),
    sites: row.site === null ? null : [row.site],
    isPerson: false,
  };
}

export function openKeys(deps: {
  storage: Storage;
  clock: Clock;
  secret: InstallationSecret;
}): AccessKeys {
  const { clock, secret } = deps;
  const { main } = deps.storage;

  function make(id: string, grant: KeyGrant) {
    const key = `soglas_${id}_${randomBytes(32).toString("base64url")}`;
    const row = {
      id,
      hash: digest(key),
      label: grant.label.slice(0, 100),
      role: grant.role,
      site: grant.site,
      created_at: clock.now(),
      expires_at: grant.expiresAt,
      revoked_at: null,
    };
    return { key, row };
  }

  return {
    async create(grant) {
      const { key, row } = make(randomBytes(8).toString("hex"), grant);
      await main.transaction((trx) => trx.insertInto("access_keys").values(row).execute());
      return { id: row.id, key };
    },

    async verify(key) {
      const id = keyId(key);
      if (id === null) return null;
      const row = await main.read
        .selectFrom("access_keys")
        .selectAll()
        .where("id", "=", id)
        .executeTakeFirst();
      const matches = timingSafeEqual(digest(key), row?.hash ?? nobody);
      return row && matches && isLive(row, clock.now()) ? holderOf(row) : null;
    },

    revoke: (id) =>
      main.transaction(async (trx) => {
        const revoked = await trx
          .updateTable("access_keys")
          .set({ revoked_at: clock.now() })
          .where("id", "=", id)
          .where("revoked_at", "is", null)
          .executeTakeFirst();
        await trx.deleteFrom("sessions").where("key_id", "=", id).execute();
        return revoked.numUpdatedRows > 0n;
      }),

    async list() {
      const rows = await main.read
        .selectFrom("access_keys")
        .select(["id", "label", "role", "site", "created_at", "expires_at", "revoked_at"])
        .orderBy("created_at", "desc")
        .orderBy("id")
        .execute();
      return rows.map((row) => ({
        id: row.id,
        label: row.label,
        role: roleSchema.parse(row.role),
        site: row.site,
        createdAt: row.created_at,
        expiresAt: row.expires_at,
        revokedAt: row.revoked_at,
      }));
    },

    ensureFirstKey() {
      const { key, row } = make(secret.derive("first-key").toString("hex", 0, 8), {
        label: "first key",
        role: "owner",
        site: null,
        expiresAt: null,
      });
      return main.transaction(async (trx) => {
        const owner = await trx
          .selectFrom("access_keys")
          .select("id")
          .where("role", "=", "owner")
          .limit(1)
          .executeTakeFirst();
        if (owner) return null;
        const made = await trx
          .insertInto("access_keys")
          .values(row)
          .onConflict((conflict) => conflict.column("id").doNothing())
          .executeTakeFirst();
        return (made.numInsertedOrUpdatedRows ?? 0n) > 0n ? key : null;
      });
    },
  };
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
