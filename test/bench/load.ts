/** A load of HTTP requests from this process: as many at a time as there are connections, each timed. */
import { Pool } from "undici";

export interface Load {
  /** Base URL. */
  url: string;
  /** One for all, or by the request's place. */
  path: string | ((place: number) => string);
  /** POST unless told. */
  method?: "GET" | "POST";
  headers: Record<string, string>;
  connections: number;
  /** Bodies, each sent once; null for a request without one. */
  bodies: (string | null)[];
  /** Status that counts as done. */
  expected: number;
}

export interface Measured {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

/** @throws {Error} when an answer has another status than expected */
export async function run(load: Load): Promise<Measured> {
  const pool = new Pool(load.url, { connections: load.connections, pipelining: 1 });
  const times: number[] = [];
  let next = 0;
  const start = performance.now();
  async function worker(): Promise<void> {
    for (let place = next++; place < load.bodies.length; place = next++) {
      const sent = performance.now();
      const { statusCode, body } = await pool.request({
        path: typeof load.path === "string" ? load.path : load.path(place),
        method: load.method ?? "POST",
        headers: load.headers,
        body: load.bodies[place]!,
      });
      await body.dump();
      if (statusCode !== load.expected) throw new Error(`answered ${statusCode}`);
      times.push(performance.now() - sent);
    }
  }
  await Promise.all(Array.from({ length: load.connections }, worker));
  const seconds = (performance.now() - start) / 1000;
  await pool.close();
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)]!;
  return { perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99) };
}
