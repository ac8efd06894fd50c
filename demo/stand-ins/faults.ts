/** Trouble on demand: what a vendor's endpoint does on a bad day. */
import type { Vendor } from "./recording.ts";

type Fault =
  /** Answers this status; `retryAfter` in seconds becomes a Retry-After header. */
  | { kind: "status"; status: number; retryAfter?: number }
  /** Accepts the request and never answers, until the fault is lifted. */
  | { kind: "hang" }
  /** Closes the connection without an answer. */
  | { kind: "reset" };

export interface Faults {
  /**
   * @param times how many requests meet the fault; without end when absent.
   *   `null` lifts it and lets hanging requests go on.
   */
  set(vendor: Vendor, fault: Fault | null, times?: number): void;
  /** The fault the next request of this vendor meets, counted as met. */
  take(vendor: Vendor): Fault | null;
  /** Resolves when the vendor's fault is lifted or replaced. */
  lifted(vendor: Vendor): Promise<void>;
}

export function createFaults(): Faults {
  const active = new Map<Vendor, { fault: Fault; left: number }>();
  const waiting = new Map<Vendor, (() => void)[]>();
  return {
    set(vendor, fault, times = Number.POSITIVE_INFINITY) {
      if (fault) active.set(vendor, { fault, left: times });
      else active.delete(vendor);
      for (const release of waiting.get(vendor)?.splice(0) ?? []) release();
    },
    take(vendor) {
      const current = active.get(vendor);
      if (!current) return null;
      current.left -= 1;
      if (current.left <= 0) active.delete(vendor);
      return current.fault;
    },
    lifted: (vendor) =>
      new Promise((resolve) => {
        waiting.set(vendor, [...(waiting.get(vendor) ?? []), resolve]);
      }),
  };
}
