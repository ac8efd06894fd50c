/**
 * A circuit breaker for one destination. Closed, everything goes. After several failures in a row, or when
 * the vendor asks for a pause, it opens: nothing goes for a while, longer each time. Then it is half
 * open: one request goes as a probe, the others wait for what becomes of it. Each process learns of an
 * outage by itself.
 */
import type { Clock } from "../../clock.ts";
import { backoff } from "./backoff.ts";

export interface Circuit {
  /** While open, the moment at which a probe may go, Unix milliseconds; else null. */
  openUntil(): number | null;
  /**
   * Asked right before a request; whoever gets null must tell how it ended.
   * @returns null: go; or the moment at which to come back, Unix milliseconds
   */
  enter(): Promise<number | null>;
  /** The vendor is there. */
  succeeded(): void;
  /** @param retryAfter milliseconds the vendor asked for, or null */
  failed(retryAfter: number | null): void;
}

/** Failures in a row that open a circuit: one may be an accident. */
const threshold = 3;

/** @param random in [0, 1) */
export function createCircuit(clock: Clock, random: () => number): Circuit {
  let failures = 0;
  /** Times it opened without a success in between. */
  let trips = 0;
  /** 0 while closed; a moment that has passed is half open. */
  let until = 0;
  let probe: PromiseWithResolvers<void> | null = null;

  function endProbe(): void {
    probe?.resolve();
    probe = null;
  }
  const openUntil = () => (until > clock.now() ? until : null);

  return {
    openUntil,
    async enter() {
      if (until === 0) return null;
      if (openUntil() === null && !probe) {
        probe = Promise.withResolvers();
        return null;
      }
      await probe?.promise;
      // Whoever waited comes back even if the vendor is there: consent was read before the wait.
      return openUntil() ?? clock.now();
    },
    succeeded() {
      failures = 0;
      trips = 0;
      until = 0;
      endProbe();
    },
    failed(retryAfter) {
      failures += 1;
      // Requests that were on their way together fail together: that is one outage.
      if (openUntil() !== null) return;
      if (probe || retryAfter !== null || failures >= threshold) {
        trips += 1;
        until = clock.now() + Math.max(retryAfter ?? 0, backoff(trips, 0.5 + random() / 2));
      }
      endProbe();
    },
  };
}
