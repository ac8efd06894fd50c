/**
 * Counts of failed attempts to show an access key, per key id and for the whole installation, in
 * memory and without any address. Keys have 256 random bits, so this is not what keeps guessing
 * hopeless: it tells a broken script to slow down and makes an attack visible as 429s. A key that
 * counts is never held back: key ids are no secret, and whoever knows one could lock its holder out.
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
   * Notes that a key was shown which does not count.
   * @param keyId null for a text that is no key at all
   * @returns seconds to wait when there were too many before it, else 0
   */
  failed(keyId: string | null): number;
}

/** A fixed window: it begins with the first failure, and at its end everything in it is forgotten. */
export function limitAttempts(clock: Clock, limits: AttemptLimits = defaultLimits): Attempts {
  let endsAt = 0;
  let overall = 0;
  /** Bounded by `overall`: beyond it nothing is counted any more. */
  const perKey = new Map<string, number>();

  return {
    failed(keyId) {
      const now = clock.now();
      if (now >= endsAt) {
        endsAt = now + limits.window;
        overall = 0;
        perKey.clear();
      }
      const before = keyId === null ? 0 : (perKey.get(keyId) ?? 0);
      if (overall >= limits.overall || before >= limits.perKey)
        return Math.ceil((endsAt - now) / 1000);
      overall += 1;
      if (keyId !== null) perKey.set(keyId, before + 1);
      return 0;
    },
  };
}
