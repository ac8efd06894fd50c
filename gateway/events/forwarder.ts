/**
 * From the outbox to the vendors: claim, ask the log, render, send, settle; again until nothing is
 * due, then sleep until something is. One runs in every gateway process.
 */
import type { Clock } from "../clock.ts";
import type { VendorEndpoints } from "../contract/vendors.ts";
import type { Logger } from "../logger.ts";
import type { InstallationSecret } from "../secret.ts";
import type { Sites } from "../sites/sites.ts";
import type { Database } from "../storage/schema.ts";
import type { Store } from "../storage/storage.ts";
import { backoff } from "./backoff.ts";
import { createDelivery } from "./delivery.ts";
import { openExit, type ExitDeps } from "./exit.ts";
import { claimDue, nextDue, type ClaimedEvent } from "./outbox.ts";
import { createPauses } from "./pauses.ts";
import { createSender } from "./send.ts";
import { settle, type Settlement, type Settled } from "./settle.ts";

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
  /** One claim, settled: how many events it held. */
  runOnce(): Promise<number>;
}

export interface ForwarderDeps {
  storage: { main: Store<Database> };
  log: ExitDeps["log"];
  sites: Pick<Sites, "effective" | "logged">;
  endpoints: VendorEndpoints;
  secret: InstallationSecret;
  clock: Clock;
  logger: Logger;
  /** In [0, 1); Math.random when absent. */
  random?: () => number;
  /** Milliseconds for one request; also bounds how long `stop` takes. */
  timeout?: number;
}

/** Events per claim: what a killed process can leave without a known outcome. */
const claimSize = 64;
/** Requests on their way at once. */
const concurrency = 16;
/** Milliseconds a claim may take before another process may take it over. */
const lease = 60_000;
/** Other processes queue too and cannot wake this one. */
const longestSleep = 10_000;

export function createForwarder(deps: ForwarderDeps): Forwarder {
  const { storage, clock, logger, random = Math.random, timeout = 5000 } = deps;
  const sender = createSender({ timeout, connections: concurrency });
  const pauses = createPauses(clock, random);
  const delivery = createDelivery({ ...deps, random, sender, pauses });
  const stopping = new AbortController();
  let loop: Promise<void> | null = null;
  let woken = false;
  let rouse: (() => void) | null = null;

  async function runOnce(): Promise<number> {
    const start = clock.now();
    const leasedUntil = start + lease;
    const claim = await claimDue(storage.main, {
      now: start,
      leasedUntil,
      limit: claimSize,
      except: pauses.now(),
    });
    if (claim.events.length === 0) return 0;
    const settled = await forward(claim.events, leasedUntil - 2 * timeout);
    await settle(storage.main, claim, settled, clock.now());
    return claim.events.length;
  }

  /** @param until moment after which nothing more is sent under this lease */
  async function forward(events: ClaimedEvent[], until: number): Promise<Settled> {
    let exit: Awaited<ReturnType<typeof openExit>>;
    try {
      exit = await openExit(deps, events);
    } catch (error) {
      // Without the log nothing leaves.
      logger.error({ events: events.length }, "consent could not be read; nothing was sent", error);
      const dueAt = clock.now() + backoff(3, random());
      return events.map((event) => ({ event, settlement: { kind: "unsent", dueAt } }));
    }
    const waiting = [...events];
    const settled: Settled = [];
    const worker = async () => {
      for (let event = waiting.shift(); event; event = waiting.shift()) {
        const late = stopping.signal.aborted || clock.now() >= until;
        const settlement: Settlement = late
          ? { kind: "unsent", dueAt: clock.now() }
          : await delivery(event, exit);
        settled.push({ event, settlement });
      }
    };
    await Promise.all(Array.from({ length: concurrency }, worker));
    return settled;
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      woken = false;
      try {
        const claimed = await runOnce();
        failures = 0;
        if (claimed === 0) await sleep(await untilNextDue());
      } catch (error) {
        failures += 1;
        logger.error({ failures }, "forwarding failed; it is tried again", error);
        await sleep(backoff(failures, 0.5 + random() / 2));
      }
    }
  }

  async function untilNextDue(): Promise<number> {
    const now = clock.now();
    const moments = [await nextDue(storage.main, now), ...pauses.now().map(({ until }) => until)];
    return Math.min(longestSleep, ...moments.flatMap((at) => (at === null ? [] : [at - now])));
  }

  function sleep(milliseconds: number): Promise<void> {
    if (woken || stopping.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => rouse?.(), milliseconds);
      rouse = () => {
        clearTimeout(timer);
        rouse = null;
        resolve();
      };
    });
  }

  return {
    runOnce,
    start() {
      loop ??= run();
    },
    wake() {
      woken = true;
      rouse?.();
    },
    async stop() {
      stopping.abort();
      rouse?.();
      await loop;
      await sender.close();
    },
  };
}
