/** What the operator's Prometheus reads. Labels are route patterns, statuses and our own words, never a request's. */
import { collectDefaultMetrics, Counter, Histogram, Registry } from "prom-client";

export interface Metrics {
  /** A finished request: the route's pattern (not its address), status, and seconds it took. */
  request(route: string, status: number, seconds: number): void;
  render(): Promise<string>;
  contentType: string;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: "soglas_requests_total",
    help: "Requests by route pattern and status",
    labelNames: ["route", "status"],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: "soglas_request_seconds",
    help: "Seconds from the request's head to its answer",
    labelNames: ["route"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  return {
    request(route, status, duration) {
      requests.inc({ route, status });
      seconds.observe({ route }, duration);
    },
    render: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
