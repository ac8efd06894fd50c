/** What the operator's Prometheus reads. Labels are route patterns, statuses and our own words, never a request's. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { ErrorCode } from "./contract/errors.ts";
import type { EventTotal } from "./events/accounts/balance.ts";

export interface Metrics {
  /** A finished request: the route's pattern (not its address), status, and seconds it took. */
  request(route: string, status: number, seconds: number): void;
  /** A request of Google's tag that was answered like any other, and whose hits were not looked at. */
  tagRefused(site: string, why: ErrorCode): void;
  /** The database's counts are read now; without it everything else is rendered. */
  render(): Promise<string>;
  contentType: string;
}

export interface MetricsDeps {
  /** What became of events since the installation began: kept counts, which no restart resets. */
  eventTotals(): Promise<EventTotal[]>;
}

export function createMetrics({ eventTotals }: MetricsDeps): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: "soglas_requests_total",
    help: "Requests by route pattern and status",
    labelNames: ["route", "status"],
    registers,
  });
  const seconds = new Histogram({
    name: "soglas_request_seconds",
    help: "Seconds from the request's head to its answer",
    labelNames: ["route"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers,
  });
  const refusedTags = new Counter({
    name: "soglas_tag_requests_refused_total",
    help: "Requests of Google's tag whose hits were not looked at, by the error that others would get",
    labelNames: ["site", "reason"],
    registers,
  });
  const events = eventMetrics(registers);
  return {
    request(route, status, duration) {
      requests.inc({ route, status });
      seconds.observe({ route }, duration);
    },
    tagRefused(site, reason) {
      refusedTags.inc({ site, reason });
    },
    async render() {
      events.show(await eventTotals().catch(() => []));
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

/** Counters and gauges that say what the database says: set anew before every rendering. */
function eventMetrics(registers: Registry[]) {
  const place = ["site", "service"] as const;
  const outcomes = new Counter({
    name: "soglas_events_total",
    help: "Events by what became of them; service * is before destinations were looked at",
    labelNames: [...place, "outcome"],
    registers,
  });
  const values = new Counter({
    name: "soglas_event_values_dropped_total",
    help: "Values of events that were not kept, by what they were taken for",
    labelNames: [...place, "kind"],
    registers,
  });
  const waiting = new Gauge({
    name: "soglas_events_waiting",
    help: "Events that are queued for a service now",
    labelNames: place,
    registers,
  });
  const letters = new Gauge({
    name: "soglas_events_dead_letters",
    help: "Dead letters that are kept now",
    labelNames: place,
    registers,
  });
  return {
    show(totals: EventTotal[]): void {
      for (const metric of [outcomes, values, waiting, letters]) metric.reset();
      for (const { site, service, outcome, count } of totals) {
        if (outcome === "waiting") waiting.set({ site, service }, count);
        else if (outcome === "letters") letters.set({ site, service }, count);
        else if (outcome.startsWith("value_"))
          values.inc({ site, service, kind: outcome.slice("value_".length) }, count);
        else outcomes.inc({ site, service, outcome }, count);
      }
    },
  };
}
