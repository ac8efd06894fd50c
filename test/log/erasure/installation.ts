/** The clinic's log with its erasures, on a clock that stands until moved. */
import { onTestFinished } from "vitest";
import { purgeSubject } from "../../../gateway/events/outbox/purge.ts";
import { createBacklog } from "../../../gateway/log/backlog.ts";
import { consentId } from "../../../gateway/log/consent-id.ts";
import {
  openErasures,
  type ErasureDeps,
  type Erasures,
} from "../../../gateway/log/erasure/erasures.ts";
import { jsonLogger } from "../../../gateway/logger.ts";
import type { StorageOptions } from "../../../gateway/storage/open.ts";
import {
  addSites,
  gateway,
  sqlite,
  statement,
  testClock,
  type Gateway,
  type TestClock,
} from "../installation.ts";
import { decision, randomId, secret } from "../load.ts";

export interface Clinic extends Gateway {
  erasures: Erasures;
  clock: TestClock;
  folder: string;
  /** What the erasures wrote to the log. */
  logged: string[];
}

export const minute = 60_000;
export const day = 86_400_000;

/** A gateway's erasures over storage that a test may have tampered with. */
export function erasuresOf(
  { storage }: Pick<Gateway, "storage">,
  clock: TestClock,
  change: Partial<ErasureDeps> = {},
): { erasures: Erasures; logged: string[] } {
  const logged: string[] = [];
  const erasures = openErasures({
    storage,
    secret,
    clock,
    logger: jsonLogger("info", (line) => logged.push(line)),
    purgeEvents: purgeSubject,
    backlog: createBacklog(),
    refusalDays: async () => 180,
    retention: async () => [],
    ...change,
  });
  onTestFinished(() => erasures.stop());
  return { erasures, logged };
}

/** @param options SQLite in a folder of its own when absent. */
export async function clinic(
  change: Partial<ErasureDeps> = {},
  options?: StorageOptions,
): Promise<Clinic> {
  const clock = testClock();
  const chosen = options ?? (await sqlite());
  const opened = await gateway(chosen, clock);
  await addSites(opened.storage, "clinic");
  await opened.log.appendConfig(statement());
  const folder = chosen.engine === "sqlite" ? chosen.folder : "";
  return { ...opened, ...erasuresOf(opened, clock, change), clock, folder };
}

export interface Visitor {
  secret: string;
  name: { site: string; consentId: string };
}

export function visitor(site = "clinic"): Visitor {
  const own = randomId();
  return { secret: own, name: { site, consentId: consentId(site, own) } };
}

/** A new visitor of the clinic who has granted everything. */
export async function granted({ log, clock }: Pick<Clinic, "log" | "clock">): Promise<Visitor> {
  const someone = visitor();
  await log.append(
    decision({ secret: someone.secret, time: Math.floor(clock.now() / 1000) }, at(clock)),
  );
  return someone;
}

/** What makes a decision arrive now. */
export const at = (clock: TestClock) => ({
  observed: { ...decision().observed, receivedAt: clock.now() },
});

/** The leaves of the clinic's logs, by log and index. */
export async function leaves({ storage }: Pick<Clinic, "storage">): Promise<string[]> {
  const rows = await storage.main.read
    .selectFrom("entries")
    .select("leaf")
    .orderBy("log")
    .orderBy("idx")
    .execute();
  return rows.map(({ leaf }) => Buffer.from(leaf).toString());
}

/** An event of a visitor, as the outbox has it: queued unless the change says otherwise. */
export async function queueEvent(
  { storage, clock }: Pick<Clinic, "storage" | "clock">,
  subject: Uint8Array,
  change: { payload?: string; state?: string; reason?: string },
): Promise<void> {
  const row = { payload: "{}", state: "queued", reason: null, ...change };
  const now = clock.now();
  await storage.main.transaction((trx) =>
    trx
      .insertInto("outbox")
      .values({
        site: "clinic",
        service: "metrika",
        subject,
        log: 1,
        idx: 1,
        day: "2026-05-04",
        occurred_at: now,
        due_at: now,
        leased_until: 0,
        attempts: 0,
        ...row,
      })
      .execute(),
  );
}
