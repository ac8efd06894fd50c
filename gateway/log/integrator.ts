/** When integration runs: soon after something was appended, and every second in any case. */
import type { Logger } from "../logger.ts";
import type { Backlog } from "./backlog.ts";
import { integration, type Fault, type IntegrationDeps, type Signed } from "./integration.ts";
import { remedies } from "./tree/integrity.ts";
import { checkpointNote } from "./tree/signing-key.ts";

export interface Integrator {
  /** Makes logs read-only that must not be signed; before the first request is let in. */
  examine(): Promise<void>;
  /** Begins to work; returns at once. One runs in every gateway process. */
  start(): void;
  /** Integrates everything that has its place in a log now. */
  integrate(): Promise<void>;
  /** Integrates once more, if it was started, and ends. */
  stop(): Promise<void>;
}

export interface IntegratorDeps extends IntegrationDeps {
  backlog: Backlog;
  logger: Logger;
  /** Is told of every checkpoint, after its commit and never before. */
  publish(signed: Signed): void;
}

/** Milliseconds. */
const timing = {
  /** Other gateways append too, and may have ended before they integrated. */
  longest: 1000,
  /** From an append to its integration, so that its neighbours join. */
  settle: 40,
  /** From one run to the next. */
  pause: 400,
};

/** Logs of one transaction: of many sites with a decision each, not every one needs its own. */
const together = 32;

export function createIntegrator(deps: IntegratorDeps): Integrator {
  const { backlog, logger, publish, guard } = deps;
  const { due, examine, step } = integration(deps);
  /** Logs whose fault was reported. */
  const faulty = new Set<number>();
  /** Logs that are read-only, by their sites. */
  const held = new Map<number, string>();
  let running: Promise<void> = Promise.resolve();
  let started = false;
  let timer: NodeJS.Timeout | undefined;
  let nextRun = Infinity;
  let lastRun = 0;

  function report(faults: Fault[]): void {
    for (const { log, site, origin, error } of faults) {
      const isGuarded = error.code === "rolled_back" || error.code === "no_mark";
      if (isGuarded) {
        held.set(log, site);
        backlog.hold(site, log, true);
      }
      if (!faulty.has(log))
        logger.error(
          { log: origin, problem: error.code },
          `${error.message}; ${isGuarded ? "this log is read-only" : "nothing more of this log is signed"}: ${remedies[error.code]}`,
        );
      faulty.add(log);
    }
  }

  /** What an operator has put right counts without a restart. */
  async function release(): Promise<void> {
    if (held.size === 0) return;
    const still = new Set((await examine([...held.keys()])).map(({ log }) => log));
    for (const [log, site] of held) {
      if (still.has(log)) continue;
      held.delete(log);
      faulty.delete(log);
      backlog.hold(site, log, false);
      logger.info({ site }, "the site's log is no longer read-only");
    }
  }

  async function raise({ signer, size, root, signature }: Signed): Promise<void> {
    try {
      const checkpoint = checkpointNote(signer, { size, root, signature });
      await guard?.raise({ origin: signer.name, size, root: root.toString("base64"), checkpoint });
    } catch (error) {
      logger.error({ log: signer.name }, "the high-water mark could not be written", error);
    }
  }

  async function run(): Promise<void> {
    lastRun = performance.now();
    await release();
    let behind = await due();
    for (const { site, log, size, next } of behind) backlog.integrated(site, log, size, next);
    while (behind.length > 0) {
      const grown = new Map<number, number>();
      for (let at = 0; at < behind.length; at += together) {
        const { signed, faults } = await step(behind.slice(at, at + together));
        for (const each of signed) {
          await raise(each);
          publish(each);
          grown.set(each.log, each.size);
        }
        report(faults);
      }
      // Only what this gateway itself brought forward goes on: the rest is someone else's, or faulty.
      behind = behind.flatMap((each) => {
        const size = grown.get(each.log);
        if (size === undefined) return [];
        backlog.integrated(each.site, each.log, size, each.next);
        faulty.delete(each.log);
        return size < each.next ? [{ ...each, size }] : [];
      });
    }
  }

  function integrate(): Promise<void> {
    const result = running.then(run);
    running = result.catch(() => undefined);
    return result;
  }

  function arm(at: number): void {
    if (!started || at >= nextRun) return;
    clearTimeout(timer);
    nextRun = at;
    timer = setTimeout(() => void turn(), Math.max(0, at - performance.now()));
  }

  async function turn(): Promise<void> {
    nextRun = Infinity;
    try {
      await integrate();
    } catch (error) {
      logger.error({}, "integration failed; it is tried again", error);
    }
    arm(performance.now() + timing.longest);
  }

  backlog.onAppended(() =>
    arm(Math.max(performance.now() + timing.settle, lastRun + timing.pause)),
  );

  return {
    async examine() {
      report(await examine());
    },
    integrate,
    start() {
      started = true;
      arm(performance.now());
    },
    async stop() {
      clearTimeout(timer);
      if (!started) return running;
      started = false;
      await integrate().catch((error: unknown) =>
        logger.error({}, "the last integration failed; the next start makes up for it", error),
      );
    },
  };
}
