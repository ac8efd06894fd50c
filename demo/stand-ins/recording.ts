/** What reached the stand-ins, newest last, kept in memory only and bounded. */

export type Vendor = "ga4" | "metrika" | "matomo" | "webhook";

/** One request as it arrived. */
export interface Hit {
  id: number;
  /** ISO 8601. */
  time: string;
  vendor: Vendor;
  /** `page` when a browser sent it (browsers alone set Sec-Fetch-* and Origin), else `server`. */
  sender: "page" | "server";
  method: string;
  /** Path and query exactly as received. */
  target: string;
  headers: Record<string, string>;
  body: string;
  /** The interactions in it, parsed: GA4 allows several per request, Metrika has one. */
  events: Record<string, string>[];
  /** What the vendor's documents say is wrong with it. */
  problems: string[];
  /** Status answered; 0 when the connection was reset or left hanging. */
  status: number;
}

export interface Recording {
  add(hit: Omit<Hit, "id" | "time">): Hit;
  hits(): Hit[];
  clear(): void;
}

/**
 * A bounded recording: the oldest hit goes when a new one would exceed `limit`.
 * @param now unix milliseconds
 */
export function createRecording(now: () => number, limit = 500): Recording {
  const kept: Hit[] = [];
  let last = 0;
  return {
    add(hit) {
      last += 1;
      const full = { id: last, time: new Date(now()).toISOString(), ...hit };
      kept.push(full);
      if (kept.length > limit) kept.shift();
      return full;
    },
    hits: () => [...kept],
    clear: () => void kept.splice(0),
  };
}
