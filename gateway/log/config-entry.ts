/** `config` entries: which configuration was in force when is itself logged. */
import { hash } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { Database } from "../storage/schema.ts";
import { StorageError, type Store } from "../storage/storage.ts";
import { configLeaf } from "./leaf.ts";
import type { ConfigStatement, Position } from "./log.ts";
import { takeIndexes, writableLog } from "./year-log.ts";

/** Tries at a statement that other gateways log at the same moment. */
const attempts = 3;

/** The exact bytes whose hash the leaf carries and decisions name. */
export function encodeStatement(statement: ConfigStatement): Buffer {
  const { v, site, version, build, configuration, policy, consent, texts, revision, effective } =
    statement;
  return Buffer.from(
    JSON.stringify({
      v,
      site,
      version,
      build,
      configuration,
      policy,
      consent,
      texts,
      revision,
      effective,
    }),
  );
}

/** Logs a configuration, once per statement. */
export async function appendConfigEntry(
  store: Store<Database>,
  clock: Clock,
  statement: ConfigStatement,
): Promise<{ hash: string } & Position> {
  const bytes = encodeStatement(statement);
  const statementHash = hash("sha256", bytes, "base64url");
  for (let attempt = 1; ; attempt++) {
    const logged = await findLogged(store, statementHash);
    if (logged) return { hash: statementHash, ...logged };
    try {
      return {
        hash: statementHash,
        ...(await insert(store, clock.now(), statement, statementHash, bytes)),
      };
    } catch (error) {
      const again =
        error instanceof StorageError && error.code === "conflict" && attempt < attempts;
      if (!again) throw error;
    }
  }
}

async function findLogged(
  store: Store<Database>,
  statementHash: string,
): Promise<Position | undefined> {
  return store.read
    .selectFrom("configs")
    .innerJoin("logs", "logs.id", "configs.log")
    .select(["configs.log", "logs.origin", "configs.idx as index"])
    .where("configs.hash", "=", statementHash)
    .executeTakeFirst();
}

async function insert(
  store: Store<Database>,
  now: number,
  statement: ConfigStatement,
  statementHash: string,
  bytes: Buffer,
): Promise<Position> {
  return store.transaction(async (trx) => {
    const { log, fresh } = await writableLog(trx, statement.site, now);
    const { first: index, time } = fresh
      ? { first: 0, time: Math.floor(now / 1000) }
      : await takeIndexes(trx, log.id, 1, now);
    await trx
      .insertInto("entries")
      .values({ log: log.id, idx: index, leaf: configLeaf(time, statementHash) })
      .execute();
    await trx
      .insertInto("configs")
      .values({
        hash: statementHash,
        site: statement.site,
        version: statement.version,
        build: statement.build,
        statement: bytes,
        effective_at: statement.effective * 1000,
        log: log.id,
        idx: index,
      })
      .execute();
    return { log: log.id, origin: log.origin, index };
  });
}
