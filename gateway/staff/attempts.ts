/**
 * Limits on failed sign-ins, per key id and for the whole installation, in memory and without any
 * address. Keys have 256 random bits, so this is not what keeps guessing hopeless: it keeps a broken
 * script from hammering the database, and makes an attack visible as 429s.
 */
import type { Clock } from "../clock.ts";

export interface AttemptLimits {
  /** Failed attempts within one window for one key id, and for all of them together. */
  perKey: number;
  overall: number;
  /** Length of the window, milliseconds. */
  window: number;
}

const defaultLimits: AttemptLimits = { perKey: 10, overall: 200, window: 5 * 60_000 };

export interface Attempts {
  /**
   * Takes one attempt, before the key is looked at, so that requests sent all at once cannot share
   * the last one. Null stands for a text that is no key at all.
   * @returns seconds to wait when the limit is reached, 0 when the attempt may be made.
   */
  take(keyId: string | null): number;
  /** Gives the attempt back: only failures count. */
  succeeded(keyId: string): void;
}

/** A fixed window: it begins with the first attempt, and at its end everything in it is forgotten. */
export function limitAttempts(clock: Clock, limits: AttemptLimits = defaultLimits): Attempts {
  let endsAt = 0;
  let overall = 0;
  /** Bounded by `overall`: beyond it nothing is counted any more. */
  const perKey = new Map<string, number>();
  const ofKey = (keyId: string | null) => (keyId === null ? 0 : (perKey.get(keyId) ?? 0));

  return {
    take(keyId) {
      const now = clock.now();
      if (now >= endsAt) {
        endsAt = now + limits.window;
        overall = 0;
        perKey.clear();
      }
      if (overall >= limits.overall || ofKey(keyId) >= limits.perKey)
        return Math.ceil((endsAt - now) / 1000);
      overall += 1;
      if (keyId !== null) perKey.set(keyId, ofKey(keyId) + 1);
      return 0;
    },
    succeeded(keyId) {
      const left = ofKey(keyId) - 1;
      if (left < 0) return; // the window has changed meanwhile
      overall -= 1;
      if (left === 0) perKey.delete(keyId);
      else perKey.set(keyId, left);
    },
  };
}
