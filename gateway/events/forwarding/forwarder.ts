/**
 * From the outbox to the vendors: a lane for every place with something queued; then it sleeps until
 * something is due. One runs in every gateway process.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { VendorEndpoints } from "../../contract/vendors.ts";
import type { InstallationSecret } from "../../secret.ts";
import { backoff } from "./backoff.ts";
import { expireDeadLetters } from "../outbox/dead-letters.ts";
import { createDelivery } from "./delivery.ts";
import { createIntake } from "../intake/intake.ts";
import { createLane, type Lane, type LaneDeps } from "./lane.ts";
import { nextDue, placesQueued, type Place } from "../outbox/outbox.ts";
import { createSender } from "./send.ts";
import { allowedAddresses } from "../vendors.ts";

export interface Forwarder {
  /** Begins to work; returns at once. */
  start(): void;
  /** Something was queued: look now instead of at the next due moment. */
  wake(): void;
  /**
   * Finishes the requests that are on their way (at most the request timeout), hands back the rest
   * and resolves. What was not delivered is in the outbox.
   */
  stop(): Promise<void>;
  /** One claim of every place where something is due, settled: how many events they held. */
  runOnce(): Promise<number>;
}

export interface ForwarderDeps extends Pick<
  LaneDeps,
  "storage" | "log" | "sites" | "clock" | "logger"
> {
  endpoints: VendorEndpoints;
  secret: InstallationSecret;
  /** Days that dead letters are kept. */
  deadLetterDays: number;
  /** In [0, 1); Math.random when absent. */
  random?: () => number;
  /** Milliseconds for one request; also bounds how long `stop` takes. */
  timeout?: number;
}

/** Connections to one host: several services may share it. */
const connections = 64;
/** Other processes queue too and cannot wake this one; a lease that ran out wakes nobody. */
const longestSleep = 10_000;
/** Milliseconds between two surveys at least: what one costs is worth many events' taking in. */
const surveyPause = 50;

export function createForwarder(deps: ForwarderDeps): Forwarder {
  const { storage, clock, logger, endpoints, random = Math.random, timeout = 5000 } = deps;
  const addresses = allowedAddresses(endpoints);
  const sender = createSender({ addresses, timeout, connections, clock });
  const delivery = createDelivery({ ...deps, random, sender });
  const stopping = new AbortController();
  const intake = createIntake(clock);
  const lanes = new Map<string, Lane>();
  /** Lanes at work. */
  const working = new Set<Promise<void>>();
  let loop: Promise<void> | null = null;
  let woken = false;
  let expiredAt = 0;
  let rouse: (() => void) | null = null;

  function laneOf({ site, service }: Place): Lane {
    const key = `${site}/${service}`;
    const lane =
      lanes.get(key) ??
      createLane(
        { ...deps, delivery, random, timeout, stopping: stopping.signal, intake },
        { site, service },
      );
    lanes.set(key, lane);
    return lane;
  }

  /** Lanes whose earliest event is due, and when to look again for the others. */
  async function survey(): Promise<{ due: Lane[]; again: number }> {
    const now = clock.now();
    const due: Lane[] = [];
    let again = now + longestSleep;
    for (const { dueAt, ...place } of await placesQueued(storage.main)) {
      const lane = laneOf(place);
      const closed = lane.openUntil();
      if (closed === null && dueAt <= now) due.push(lane);
      // The earliest may be due and leased, or behind an open circuit: then a later one is the next.
      const next = dueAt > now ? dueAt : await nextDue(storage.main, place, now);
      again = Math.min(again, next ?? Infinity, closed ?? Infinity);
    }
    return { due, again };
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      woken = false;
      try {
        await expire();
        const { due, again } = await survey();
        for (const lane of due) begin(lane);
        failures = 0;
        await sleep(again - clock.now());
        // Under load every commit wakes it.
        await delay(surveyPause);
      } catch (error) {
        failures += 1;
        logger.error({ failures }, "forwarding failed; it is tried again", error);
        await sleep(backoff(failures, 0.5 + random() / 2));
      }
    }
  }

  /** Dead letters go once an hour, and at the start. */
  async function expire(): Promise<void> {
    const now = clock.now();
    if (now - expiredAt < 3_600_000) return;
    await expireDeadLetters(storage.main, now - deps.deadLetterDays * 86_400_000);
    expiredAt = now;
  }

  function begin(lane: Lane): void {
    const work = lane.run().catch((error: unknown) => {
      const { site, service } = lane.place;
      logger.error({ site, service }, "forwarding failed; it is tried again", error);
    });
    working.add(work);
    void work.finally(() => working.delete(work));
  }

  function sleep(milliseconds: number): Promise<void> {
    if (woken || stopping.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => rouse?.(), Math.max(0, milliseconds));
      rouse = () => {
        clearTimeout(timer);
        rouse = null;
        resolve();
      };
    });
  }

  return {
    async runOnce() {
      const { due } = await survey();
      const claims = await Promise.allSettled(due.map((lane) => lane.runOnce()));
      return claims.reduce((sum, claim) => {
        if (claim.status === "rejected") throw claim.reason;
        return sum + claim.value;
      }, 0);
    },
    start() {
      loop ??= run();
    },
    wake() {
      intake.noted();
      woken = true;
      rouse?.();
    },
    async stop() {
      stopping.abort();
      rouse?.();
      await loop;
      await Promise.all(working);
      await sender.close();
    },
  };
}
