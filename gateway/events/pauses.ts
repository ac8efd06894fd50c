/**
 * Destinations that failed are left alone for a while, longer each time, so that an outage costs a few
 * events an attempt and not all of them. Each process learns of an outage by itself.
 */
import type { Clock } from "../clock.ts";
import { backoff } from "./backoff.ts";

/** One service of one site. */
export interface Place {
  site: string;
  service: string;
}

export interface Pauses {
  /** When a pause ends, Unix milliseconds, or null for a place that is not paused now. */
  until(place: Place): number | null;
  /** Everything that is paused now, and until when. */
  now(): (Place & { until: number })[];
  /** A request failed: begins a pause, unless one is under way. */
  extend(place: Place): void;
  /** A request got through. */
  end(place: Place): void;
}

/** @param random in [0, 1) */
export function createPauses(clock: Clock, random: () => number): Pauses {
  const paused = new Map<string, Place & { failures: number; until: number }>();
  const keyOf = ({ site, service }: Place) => `${site}/${service}`;
  return {
    until(place) {
      const until = paused.get(keyOf(place))?.until ?? 0;
      return until > clock.now() ? until : null;
    },
    now: () => [...paused.values()].filter(({ until }) => until > clock.now()),
    extend({ site, service }) {
      const before = paused.get(keyOf({ site, service })) ?? { failures: 0, until: 0 };
      // Requests that were on their way together fail together: that is one failure.
      if (before.until > clock.now()) return;
      const failures = before.failures + 1;
      const until = clock.now() + backoff(failures, 0.5 + random() / 2);
      paused.set(keyOf({ site, service }), { site, service, failures, until });
    },
    end: (place) => void paused.delete(keyOf(place)),
  };
}
