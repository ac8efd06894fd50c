/** Opens the consent log of an installation. */
import type { Clock } from "../clock.ts";
import type { InstallationSecret } from "../secret.ts";
import type { Storage } from "../storage/storage.ts";
import type { Backlog } from "./backlog.ts";
import { appendConfigEntry } from "./config-entry.ts";
import { consentId } from "./consent-id.ts";
import { decisionTails } from "./sequencer/decision-tails.ts";
import { groupCommit, type Outcome } from "./sequencer/group-commit.ts";
import { decisionsInForce, grantedSince } from "./in-force.ts";
import { keyed } from "./sequencer/keyed.ts";
import { outcomeOf } from "./sequencer/known-records.ts";
import { LogError, type Appended, type ConsentLog, type DecisionInput } from "./log.ts";
import { sequencer } from "./sequencer/sequencer.ts";
import { subjectKeys } from "./subject-keys.ts";
import { findLog } from "./year-log.ts";

export interface LogOptions {
  storage: Storage;
  secret: InstallationSecret;
  clock: Clock;
  /** Decisions that may wait for their commit before further ones are refused as `overloaded`. */
  maxWaiting?: number;
  /** Told of every append; decisions are refused while it is full, or the log read-only. */
  backlog?: Backlog;
}

/** Decisions of one transaction, and milliseconds one waits for company at most. */
const batch = { maxItems: 256, maxWait: 5 };

/** @example const log = openLog({ storage, secret, clock: systemClock }); await log.append(decision); */
export function openLog(options: LogOptions): ConsentLog {
  const { storage, secret, clock, maxWaiting = 4096, backlog } = options;
  const keys = subjectKeys(storage.keys, secret, clock);
  // Two pools, one behind the other: while one batch's records are committed, the next one's keys are.
  const keyPool = groupCommit({
    ...batch,
    maxWaiting,
    commit: (inputs: DecisionInput[]) => keyed({ storage, keys }, inputs),
  });
  const pool = groupCommit({
    ...batch,
    maxWaiting,
    commit: sequencer({
      storage,
      findLog: findLog(storage.main),
      tails: decisionTails(storage.main),
      clock,
    }),
  });
  return {
    async append(input) {
      const refusal = backlog?.refusal(input.site);
      if (refusal) throw new LogError(refusal);
      const ready = await keyPool.add(input);
      const appended = "subject" in ready ? await pool.add(ready) : settled(outcomeOf(ready));
      backlog?.appended(input.site, appended.log, appended.index);
      return appended;
    },
    async appendConfig(statement) {
      const logged = await appendConfigEntry(storage.main, clock, statement);
      backlog?.appended(statement.site, logged.log, logged.index);
      return logged;
    },
    inForce: (subjects) => decisionsInForce(storage.main.read, subjects),
    grantedSince: (subject, relied, service, moment) =>
      grantedSince(storage.main.read, subject, relied, { service, moment }),
    subjectOf: (site, subjectSecret) =>
      keys.find({ site, consentId: consentId(site, subjectSecret) }),
    async close() {
      await keyPool.close();
      await pool.close();
    },
  };
}

function settled(outcome: Outcome<Appended>): Appended {
  if ("value" in outcome) return outcome.value;
  throw outcome.error;
}
