/**
 * Console sessions: a random value in a cookie, its hash in the database. A session ends by signing
 * out, 30 minutes after the officer last did something, 12 hours after it began, or with its key.
 */
import { createHash, randomBytes } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { Storage } from "../storage/storage.ts";
import { holderOf, isLive, type Holder } from "./keys.ts";

/** Milliseconds. */
export const sessionIdle = 30 * 60_000;
export const sessionLength = 12 * 3_600_000;
/** A session is marked as seen at most this often, so that reading does not mean writing each time. */
const seenResolution = 60_000;

export interface Sessions {
  /** Begins a session of a key; the value goes into the cookie and is not kept. */
  start(keyId: string): Promise<string>;
  /**
   * Whose session this is; null when it is unknown or over, or its key no longer counts.
   * @param active false for what the console does by itself, such as refreshing: it shall not keep a
   *   session of an empty chair alive.
   */
  holder(value: string, active: boolean): Promise<Holder | null>;
  /** Signs out; an unknown value is no error. */
  end(value: string): Promise<void>;
  /** Signs a key out everywhere. @returns how many sessions there were */
  endAll(keyId: string): Promise<number>;
}

export function openSessions(deps: { storage: Storage; clock: Clock }): Sessions {
  const { clock } = deps;
  const { main } = deps.storage;

  return {
    async start(keyId) {
      const value = randomBytes(32).toString("base64url");
      const now = clock.now();
      await main.transaction(async (trx) => {
        await trx
          .deleteFrom("sessions")
          .where((where) =>
            where.or([
              where("seen_at", "<=", now - sessionIdle),
              where("created_at", "<=", now - sessionLength),
            ]),
          )
          .execute();
        await trx
          .insertInto("sessions")
          .values({ hash: digest(value), key_id: keyId, created_at: now, seen_at: now })
          .execute();
      });
      return value;
    },

    async holder(value, active) {
      const hash = digest(value);
      const row = await main.read
        .selectFrom("sessions")
        .innerJoin("access_keys", "access_keys.id", "sessions.key_id")
        .select([
          "sessions.seen_at",
          "sessions.created_at",
          "access_keys.id",
          "access_keys.label",
          "access_keys.role",
          "access_keys.site",
          "access_keys.expires_at",
          "access_keys.revoked_at",
        ])
        .where("sessions.hash", "=", hash)
        .executeTakeFirst();
      const now = clock.now();
      if (!row || !isLive(row, now)) return null;
      if (now >= row.seen_at + sessionIdle || now >= row.created_at + sessionLength) return null;
      if (active && now - row.seen_at >= seenResolution)
        await main.transaction((trx) =>
          trx.updateTable("sessions").set({ seen_at: now }).where("hash", "=", hash).execute(),
        );
      return holderOf(row);
    },

    async end(value) {
      await main.transaction((trx) =>
        trx.deleteFrom("sessions").where("hash", "=", digest(value)).execute(),
      );
    },

    async endAll(keyId) {
      const ended = await main.transaction((trx) =>
        trx.deleteFrom("sessions").where("key_id", "=", keyId).executeTakeFirst(),
      );
      return Number(ended.numDeletedRows);
    },
  };
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
