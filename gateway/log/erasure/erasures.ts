/** Erasure as the rest of the gateway sees it: on request, by retention, and what is left to do of both. */
import type { Clock } from "../../clock.ts";
import type { Logger } from "../../logger.ts";
import type { InstallationSecret } from "../../secret.ts";
import type { Storage } from "../../storage/storage.ts";
import type { Backlog } from "../backlog.ts";
import { decisionTails } from "../sequencer/decision-tails.ts";
import { closeYears } from "../ends/close.ts";
import { dropExpired } from "../ends/drop.ts";
import { emptyDropped } from "../ends/empty.ts";
import { LogError } from "../log.ts";
import { openReader } from "../reader.ts";
import { subjectKeys, type SubjectName } from "../subject-keys.ts";
import { findLog } from "../year-log.ts";
import { advance, type DestroyDeps, type OpenErasure } from "./destroy.ts";
import { takeTurn } from "./erase-records.ts";
import { openHolds, type Holds } from "./holds.ts";
import { listErasures, type ListedErasure } from "./list.ts";
import { removeResidue } from "./residue.ts";
import { eraseExpired, type Retention } from "./retention.ts";
import { tellErasures } from "./tombstones.ts";
import { listUnusedKeys } from "./unused-keys.ts";

/** Who asked for an erasure on request: the visitor with the secret, or staff for one of these reasons. */
export type ErasureCause = "visitor" | "request" | "order" | "mistake";

/** `pending`: readers are in the way of emptying the files' own log; it is tried again by itself. */
export type Residue = "gone" | "pending";

/** The subject's records are under legal hold: nothing was destroyed. */
export class LegalHoldError extends Error {
  override name = "LegalHoldError";
}

export interface Erasures {
  holds: Holds;
  /**
   * Erases a subject: when it resolves, nobody can open its records any more.
   * @returns null for a subject that is unknown or erased.
   * @throws {LegalHoldError} nothing was destroyed.
   * @throws {LogError} `overloaded`, `read_only`: the withdrawal could not be logged, and nothing was
   *   destroyed.
   */
  erase(subject: SubjectName, cause: ErasureCause): Promise<{ residue: Residue } | null>;
  /** Erasures of a site, the newest first. */
  list(site: string, limit: number): Promise<ListedErasure[]>;
  /** Does whatever is due: what was interrupted, retention, tombstones, closing and dropping logs. */
  runOnce(): Promise<void>;
  /** Does so now and again every minute. */
  start(): void;
  /** Finishes what is under way. */
  stop(): Promise<void>;
}

export interface ErasureDeps extends Pick<DestroyDeps, "purgeEvents" | "refusalDays"> {
  storage: Storage;
  secret: InstallationSecret;
  clock: Clock;
  logger: Logger;
  /** Why a site's log must not grow for now, or null. */
  backlog: Pick<Backlog, "refusal">;
  /** How long each site keeps subject halves. */
  retention(): Promise<Retention[]>;
  /** A whole number in [0, below); crypto.randomInt when absent. */
  random?: (below: number) => number;
}

/** Milliseconds between two rounds, and between two sweeps for what is past its retention. */
const round = 60_000;
const sweepInterval = 86_400_000;

export function openErasures(deps: ErasureDeps): Erasures {
  const { storage, secret, clock, logger, backlog, random } = deps;
  const { main } = storage;
  const keys = subjectKeys(storage.keys, secret, clock);
  const find = findLog(main);
  const destroying: DestroyDeps = {
    ...deps,
    keys,
    reader: openReader(deps),
    findLog: find,
    tails: decisionTails(main),
  };
  let nextSweep = 0;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  async function request({ site }: SubjectName, subject: Uint8Array, cause: ErasureCause) {
    return main.transaction(async (trx) => {
      await takeTurn(trx, main.engine, site);
      const hold = await trx
        .selectFrom("legal_holds")
        .select("id")
        .where("subject", "=", subject)
        .executeTakeFirst();
      if (hold) throw new LegalHoldError("the subject is under legal hold");
      const row = { site, cause, subject, visitors: 1, requested_at: clock.now() };
      await trx
        .insertInto("erasures")
        .values({ ...row, destroyed_at: null, clean: 0, told: 0 })
        // A sweep may have listed the key before its first record came.
        .onConflict((conflict) => conflict.column("subject").doUpdateSet({ site, cause }))
        .execute();
      return unfinished(trx).where("subject", "=", subject).executeTakeFirstOrThrow();
    });
  }

  const unfinished = (db: Pick<typeof main.read, "selectFrom">) =>
    db
      .selectFrom("erasures")
      .select(["id", "site", "subject", "destroyed_at as destroyedAt"])
      .where("subject", "is not", null)
      .$narrowType<{ subject: Uint8Array }>();

  async function resume(): Promise<void> {
    const open: OpenErasure[] = await unfinished(main.read).execute();
    for (const erasure of open.filter(({ site }) => site === null || !backlog.refusal(site)))
      await attempt("an erasure is tried again", () => advance(destroying, erasure));
  }

  async function sweep(): Promise<void> {
    const now = clock.now();
    if (now < nextSweep) return;
    for (const retention of await deps.retention()) {
      await eraseExpired(main, retention, now);
      await dropExpired({ main, clock }, retention);
    }
    await listUnusedKeys(storage, keys, now);
    nextSweep = now + sweepInterval;
  }

  /** One part that fails, a database that is away or full, is no reason to leave the others. */
  async function attempt(failed: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      logger.error({}, failed, error);
    }
  }

  async function runOnce(): Promise<void> {
    await attempt("retention failed; it is tried again", sweep);
    await attempt("erasures could not be read; it is tried again", resume);
    await attempt("erasures could not be told; it is tried again", () =>
      tellErasures({ main, findLog: find, clock, random, backlog }),
    );
    await attempt("a year could not be closed; it is tried again", () =>
      closeYears({ main, findLog: find, clock, backlog }),
    );
    await attempt("a dropped log could not be emptied; it is tried again", () =>
      emptyDropped({ main, clock }),
    );
    await attempt("residue could not be removed; it is tried again", () =>
      removeResidue(storage, keys),
    );
  }

  function again(): void {
    running = runOnce().finally(() => {
      running = undefined;
      if (timer) timer = setTimeout(again, round);
    });
  }

  return {
    holds: openHolds({ main, keys, clock }),
    async erase(name, cause) {
      const subject = await keys.find(name);
      if (!subject) return null;
      const refusal = backlog.refusal(name.site);
      if (refusal) throw new LogError(refusal);
      await advance(destroying, await request(name, subject, cause));
      return { residue: (await removeResidue(storage, keys)) ? "gone" : "pending" };
    },
    list: (site, limit) => listErasures(main, site, limit),
    runOnce,
    start() {
      timer = setTimeout(again, 0);
    },
    async stop() {
      clearTimeout(timer);
      timer = undefined;
      await running;
    },
  };
}
