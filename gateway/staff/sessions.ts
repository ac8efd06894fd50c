/**
 * Console sessions: a random value in a cookie, its hash in the database. A session ends by signing
 * out, 30 minutes after the officer last did something, 12 hours after it began, with its key, or when the
 * settings give the person no role any more.
 */
import { createHash, randomBytes } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { Storage } from "../storage/storage.ts";
import { holderOf, isLive, type Holder } from "./keys.ts";
import type { People } from "./openid/people.ts";

/** Milliseconds. */
export const sessionIdle = 30 * 60_000;
export const sessionLength = 12 * 3_600_000;
/** A session is marked as seen at most this often, so that reading does not mean writing each time. */
const seenResolution = 60_000;

export interface Sessions {
  /** Begins a session of a key or a person; the value goes into the cookie and is not kept. */
  start(keyId: string): Promise<string>;
  /**
   * Whose session this is; null when it is unknown or over, or its key no longer counts.
   * @param active false for what the console does by itself, such as refreshing: it shall not keep a
   *   session of an empty chair alive.
   */
  holder(value: string, active: boolean): Promise<Holder | null>;
  /** Signs out; an unknown value is no error. */
  end(value: string): Promise<void>;
  /** Signs a key or a person out everywhere. @returns how many sessions there were */
  endAll(keyId: string): Promise<number>;
}

export function openSessions(deps: {
  storage: Storage;
  clock: Clock;
  people: Pick<People, "holderOf">;
}): Sessions {
  const { clock, people } = deps;
  const { main } = deps.storage;

  /** Whose number this is, and what they may do at an instant; null: nothing any more. */
  async function holderNow(id: string, now: number): Promise<Holder | null> {
    const key = await main.read
      .selectFrom("access_keys")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirst();
    if (key) return isLive(key, now) ? holderOf(key) : null;
    const person = await main.read
      .selectFrom("staff_people")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirst();
    return person ? people.holderOf(person) : null;
  }

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
      const session = await main.read
        .selectFrom("sessions")
        .selectAll()
        .where("hash", "=", hash)
        .executeTakeFirst();
      const now = clock.now();
      if (!session) return null;
      if (now >= session.seen_at + sessionIdle || now >= session.created_at + sessionLength)
        return null;
      const holder = await holderNow(session.key_id, now);
      if (holder && active && now - session.seen_at >= seenResolution)
        await main.transaction((trx) =>
          trx.updateTable("sessions").set({ seen_at: now }).where("hash", "=", hash).execute(),
        );
      return holder;
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
