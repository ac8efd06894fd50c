/**
 * The way of one place's events: claim, ask the log, render, send, settle; again until nothing is due. A
 * place that hangs or fails holds back nobody else's.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../../clock.ts";
import type { Logger } from "../../logger.ts";
import type { Database } from "../../storage/schema.ts";
import type { Store } from "../../storage/storage.ts";
import { backoff } from "./backoff.ts";
import { createCircuit } from "./circuit.ts";
import type { Delivery } from "./delivery.ts";
import { openExit, type ExitDeps } from "./exit.ts";
import type { Intake } from "../intake/intake.ts";
import type { ClaimedEvent } from "../outbox/lease.ts";
import { claimDue, type Place } from "../outbox/outbox.ts";
import { settle, settledAs, type Settled, type Settlement } from "../outbox/settle.ts";

export interface Lane {
  readonly place: Place;
  /** Works until nothing is due, one run at a time; resolves when it stops. */
  run(): Promise<void>;
  /** One claim, settled: how many events it held. */
  runOnce(): Promise<number>;
  /** While its circuit is open, until when, Unix milliseconds; else null. */
  openUntil(): number | null;
}

export interface LaneDeps extends ExitDeps {
  storage: { main: Store<Database> };
  delivery: Delivery;
  clock: Clock;
  logger: Logger;
  random: () => number;
  /** Milliseconds for one request. */
  timeout: number;
  stopping: AbortSignal;
  intake: Pick<Intake, "rest">;
}

/**
 * Events per claim: what a killed process can leave without a known outcome. It grows with the backlog,
 * since a claim's cost hardly does.
 */
const claimSize = { least: 64, most: 256 };
/** Claims of one lane at once: while one is being written down, the next is on its way. */
const shifts = 2;
/** Milliseconds a claim may take before another process may take it over. */
const lease = 60_000;
/** Requests at once to a place whose service is not there any more: its events are only dropped. */
const withoutService = 1;

export function createLane(deps: LaneDeps, place: Place): Lane {
  const { storage, delivery, clock, logger, random, timeout, stopping, intake } = deps;
  const circuit = createCircuit(clock, random);
  let size = claimSize.least;
  let running: Promise<void> | null = null;
  let asked = false;

  async function runOnce(): Promise<number> {
    if (circuit.openUntil() !== null) return 0;
    const now = clock.now();
    const leasedUntil = now + lease;
    const limit = size;
    const claim = await claimDue(storage.main, place, { now, leasedUntil, limit });
    const { length } = claim.events;
    size = length === limit ? Math.min(2 * limit, claimSize.most) : claimSize.least;
    if (length === 0) return 0;
    const settled = await forward(claim.events, leasedUntil - 2 * timeout);
    await storage.main.call(settle, { leasedUntil, settled, now: clock.now() });
    return length;
  }

  /** @param until moment after which nothing more is sent under this lease */
  async function forward(events: ClaimedEvent[], until: number): Promise<Settled[]> {
    let exit: Awaited<ReturnType<typeof openExit>>;
    let concurrency: number;
    try {
      exit = await openExit(deps, events);
      concurrency = await requestsAtOnce();
    } catch (error) {
      // Without the log nothing leaves.
      logger.error({ events: events.length }, "consent could not be read; nothing was sent", error);
      const dueAt = clock.now() + backoff(3, random());
      return events.map((event) => settledAs(event, { kind: "unsent", dueAt }));
    }
    let next = 0;
    const settled: Settled[] = [];
    const worker = async () => {
      for (let event = events[next++]; event; event = events[next++]) {
        const late = stopping.aborted || clock.now() >= until;
        const settlement: Settlement = late
          ? { kind: "unsent", dueAt: clock.now() }
          : await delivery.deliver(event, exit, circuit);
        settled.push(settledAs(event, settlement));
      }
    };
    await Promise.all(Array.from({ length: concurrency }, worker));
    return settled;
  }

  /** Of one claim: all claims of a lane together keep to what the vendor's file says. */
  async function requestsAtOnce(): Promise<number> {
    const config = await deps.sites.effective(place.site);
    const service = config?.site.services.find(({ id }) => id === place.service);
    const concurrency = service && delivery.wayTo(service)?.concurrency;
    return Math.ceil((concurrency ?? withoutService) / shifts);
  }

  async function runWhileAsked(): Promise<void> {
    while (asked) {
      asked = false;
      const failed = (await work()).find((shift) => shift.status === "rejected");
      if (failed) throw failed.reason;
    }
  }

  /** A backlog, which a full claim shows, brings in the other shifts. */
  async function work(): Promise<PromiseSettledResult<void>[]> {
    const limit = size;
    const [first] = await Promise.allSettled([stopping.aborted ? 0 : runOnce()]);
    if (first.status === "rejected") return [first];
    if (first.value === 0) return [];
    return Promise.allSettled(
      Array.from({ length: first.value === limit ? shifts : 1 }, () => shift()),
    );
  }

  async function shift(): Promise<void> {
    for (let claimed = 1; claimed > 0 && !stopping.aborted;) {
      const start = performance.now();
      claimed = await runOnce();
      const rest = claimed > 0 ? intake.rest(performance.now() - start) : 0;
      // Ended early by a stop.
      if (rest > 0) await delay(rest, undefined, { signal: stopping }).catch(() => undefined);
    }
  }

  return {
    place,
    runOnce,
    openUntil: () => circuit.openUntil(),
    run() {
      // Whoever asks while the last claim finds nothing may have queued something after it.
      asked = true;
      running ??= runWhileAsked().finally(() => {
        running = null;
      });
      return running;
    },
  };
}
