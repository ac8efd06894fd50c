/**
 * Integration: entries that have their place become part of the tree, and the tree is signed. Several
 * gateways may do this to one database: the tree's row is the lock, its size is compared when it is set,
 * and what was signed but not committed never leaves this file.
 */
import type { Transaction } from "kysely";
import type { Clock } from "../clock.ts";
import type { InstallationSecret } from "../secret.ts";
import type { Database } from "../storage/schema.ts";
import type { Storage } from "../storage/storage.ts";
import type { Guard } from "./guard/guard.ts";
import { grow, storeGrowth, type Growth } from "./tree/grow.ts";
import { IntegrityError } from "./tree/integrity.ts";
import type { Signer } from "./tree/note.ts";
import { makeSigningKey, openSigningKey, type Sign } from "./tree/signing-key.ts";

/** A log with entries that are not in its tree yet. */
export interface DueLog {
  log: number;
  site: string;
  origin: string;
  /** Size of the tree. */
  size: number;
  /** Number of entries. */
  next: number;
}

/** A growth that is committed: it may be shown. */
export interface Signed extends Growth {
  signer: Signer;
  signature: Buffer;
  /** Unix milliseconds. */
  signedAt: number;
}

interface Key {
  signer: Signer;
  sign: Sign;
}

export interface Fault {
  log: number;
  site: string;
  origin: string;
  error: IntegrityError;
}

export interface Integration {
  /** Logs whose tree is behind. */
  due(): Promise<DueLog[]>;
  /** Which of all logs, or of these, must not be signed, whether anything of them is due or not. */
  examine(logs?: number[]): Promise<Fault[]>;
  /** Grows the trees of some logs by one step each, in one transaction. */
  step(logs: DueLog[]): Promise<{ signed: Signed[]; faults: Fault[] }>;
}

export interface IntegrationDeps {
  storage: Pick<Storage, "main">;
  secret: InstallationSecret;
  clock: Clock;
  /** Absent where nothing outside the database tells an old copy of it from the newest. */
  guard?: Pick<Guard, "check" | "raise"> | null;
}

/** Entries of one log in one step: what is held in memory and in one transaction. */
const stepSize = 2048;

export function integration({ storage, secret, clock, guard }: IntegrationDeps): Integration {
  const { main } = storage;
  /** By log: a key never changes. */
  const keys = new Map<number, Key>();

  async function keyOf({ log, origin }: DueLog): Promise<Key> {
    const known = keys.get(log);
    if (known) return known;
    const row = await main.read
      .selectFrom("trees")
      .select(["public_key", "sealed_key"])
      .where("log", "=", log)
      .executeTakeFirstOrThrow();
    const stored = { publicKey: row.public_key, sealed: row.sealed_key };
    const key = {
      signer: { name: origin, publicKey: row.public_key },
      sign: openSigningKey(secret, origin, stored),
    };
    keys.set(log, key);
    return key;
  }

  /** Whoever inserts the row gives the log its key; everybody else finds that one. */
  async function plant(logs: { id: number; origin: string }[]): Promise<void> {
    const rows = logs.map(({ id, origin }) => {
      const { publicKey, sealed } = makeSigningKey(secret, origin);
      return { log: id, size: 0, public_key: publicKey, sealed_key: sealed };
    });
    await main.transaction((trx) =>
      trx
        .insertInto("trees")
        // In one order everywhere, so that two gateways never wait for each other's rows in a circle.
        .values(rows.toSorted((a, b) => a.log - b.log))
        .onConflict((conflict) => conflict.column("log").doNothing())
        .execute(),
    );
  }

  /** Of these logs, those whose tree nobody else is growing, as large as they are now. */
  async function lock(trx: Transaction<Database>, logs: DueLog[]): Promise<DueLog[]> {
    const rows = await trx
      .selectFrom("trees")
      .select(["log", "size"])
      .where(
        "log",
        "in",
        logs.map(({ log }) => log),
      )
      .forUpdate()
      .skipLocked()
      .execute();
    const sizes = new Map(rows.map(({ log, size }) => [log, size]));
    return logs.flatMap((due) => {
      const size = sizes.get(due.log);
      return size === undefined || size >= due.next ? [] : [{ ...due, size }];
    });
  }

  async function growAll(
    db: typeof main.read,
    logs: DueLog[],
  ): Promise<{ grown: (Key & { growth: Growth })[]; faults: Fault[] }> {
    const grown: (Key & { growth: Growth })[] = [];
    const faults: Fault[] = [];
    for (const due of logs) {
      const size = Math.min(due.next, due.size + stepSize);
      try {
        await guard?.check(db, due);
        const key = await keyOf(due);
        grown.push({ ...key, growth: await grow(db, { log: due.log, from: due.size, size }) });
      } catch (error) {
        if (!(error instanceof IntegrityError)) throw error;
        faults.push({ log: due.log, site: due.site, origin: due.origin, error });
      }
    }
    return { grown, faults };
  }

  return {
    async due() {
      const rows = await main.read
        .selectFrom("logs")
        .leftJoin("trees", "trees.log", "logs.id")
        .select(["logs.id", "logs.site", "logs.origin", "logs.next", "trees.size"])
        .where("logs.closed_at", "is", null)
        .where((eb) =>
          eb.or([eb("trees.size", "is", null), eb("trees.size", "<", eb.ref("logs.next"))]),
        )
        .orderBy("logs.id")
        .execute();
      const unplanted = rows.filter(({ size }) => size === null);
      if (unplanted.length > 0) await plant(unplanted);
      return rows.map(({ id, size, ...row }) => ({ ...row, log: id, size: size ?? 0 }));
    },
    async examine(logs) {
      const rows = await main.read
        .selectFrom("logs")
        .innerJoin("trees", "trees.log", "logs.id")
        .select(["logs.id as log", "logs.site", "logs.origin"])
        .where("logs.closed_at", "is", null)
        .$if(logs !== undefined, (query) => query.where("logs.id", "in", logs ?? []))
        .execute();
      const faults: Fault[] = [];
      for (const row of rows) {
        try {
          await guard?.check(main.read, row);
        } catch (error) {
          if (!(error instanceof IntegrityError)) throw error;
          faults.push({ ...row, error });
        }
      }
      return faults;
    },
    async step(logs) {
      // SQLite has one writer, and hashing must not hold it up: there the trees are grown before the
      // transaction, which finds out whether that came too late. Elsewhere the rows are locked first, so
      // that of several gateways one does the work.
      const before = main.engine === "sqlite" ? await growAll(main.read, logs) : null;
      return main.transaction(async (trx) => {
        const { grown, faults } = before ?? (await growAll(trx, await lock(trx, logs)));
        const signed: Signed[] = [];
        for (const { growth, signer, sign } of grown) {
          const made = { signature: sign(growth.size, growth.root), signedAt: clock.now() };
          if (await storeGrowth(trx, growth, made)) signed.push({ ...growth, signer, ...made });
        }
        return { signed, faults };
      });
    },
  };
}
