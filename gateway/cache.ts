/** A bounded cache of promises: what is asked for at the same time is made once. */
import type { Clock } from "./clock.ts";

export interface Cache<V> {
  /** The kept value, or what `make` gives; a failure or an absence (null) is not kept. */
  get(key: string, make: () => Promise<V>): Promise<V>;
  delete(key: string): void;
}

/** After how long values that may change are made anew. */
export interface Life {
  clock: Clock;
  milliseconds: number;
}

interface CacheOptions {
  /** Entries; the one used longest ago goes first. */
  capacity: number;
  /** For values that may change; absences are kept as well. */
  life?: Life;
}

export function createCache<V>({ capacity, life }: CacheOptions): Cache<V> {
  const entries = new Map<string, { value: Promise<V>; since: number }>();
  const isFresh = (since: number, now: number) =>
    life === undefined || (now >= since && now < since + life.milliseconds);

  async function keepOrForget(key: string, entry: { value: Promise<V>; since: number }) {
    const isWorthKeeping = await entry.value.then(
      (value) => value !== null || life !== undefined,
      () => false,
    );
    if (!isWorthKeeping && entries.get(key) === entry) entries.delete(key);
  }

  return {
    get(key, make) {
      const now = life?.clock.now() ?? 0;
      const known = entries.get(key);
      entries.delete(key);
      if (known && isFresh(known.since, now)) {
        entries.set(key, known);
        return known.value;
      }
      const entry = { value: make(), since: now };
      entries.set(key, entry);
      void keepOrForget(key, entry);
      for (const oldest of entries.keys()) {
        if (entries.size <= capacity) break;
        entries.delete(oldest);
      }
      return entry.value;
    },
    delete(key) {
      entries.delete(key);
    },
  };
}
