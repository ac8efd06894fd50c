/**
 * What a witness remembers: of each log the checkpoint it cosigned last, in a small SQLite database of its
 * own. Losing it would let a log show the witness a second history, so every change is on disk before it
 * counts.
 */
import { DatabaseSync } from "node:sqlite";

/** The latest checkpoint cosigned of a log. */
export interface Head {
  size: number;
  /** 32 bytes. */
  root: Uint8Array;
}

export interface CosignedHead extends Head {
  /** The checkpoint, with the log's own signatures and the witness's. */
  note: string;
  /** When it was cosigned, unix seconds. */
  time: number;
}

export interface WitnessState {
  head(origin: string): CosignedHead | null;
  /**
   * Puts a head in place of another, durably, if that one is still there: of two requests that saw the
   * same head only one gets true.
   * @param from null: nothing of this log was cosigned yet.
   */
  advance(origin: string, from: Head | null, to: CosignedHead): boolean;
  /** Keeps a checkpoint that a log signed and that contradicts what it signed before; at most 100 of a log. */
  keepEvidence(origin: string, checkpoint: Head & { note: string }, time: number): void;
  close(): void;
}

/** Milliseconds that a write waits for another process on the same file. */
const busyTimeout = 5000;

/** @param path of the database; made when it is not there. @throws {Error} when it is not a witness's. */
export function openState(path: string): WitnessState {
  const db = new DatabaseSync(path, { timeout: busyTimeout });
  try {
    db.exec(`
      pragma journal_mode = wal;
      pragma synchronous = full;
      create table if not exists heads (
        origin text primary key,
        size integer not null,
        root blob not null,
        note text not null,
        time integer not null
      ) strict, without rowid;
      create table if not exists evidence (
        origin text not null,
        size integer not null,
        root blob not null,
        note text not null,
        time integer not null,
        primary key (origin, size, root)
      ) strict, without rowid;
    `);
  } catch (error) {
    db.close();
    throw new Error(`${path} is not the database of a witness, or cannot be written`, {
      cause: error,
    });
  }
  const select = db.prepare("select size, root, note, time from heads where origin = ?");
  const first = db.prepare(
    "insert into heads (size, root, note, time, origin) values (?, ?, ?, ?, ?) on conflict do nothing",
  );
  const next = db.prepare(
    "update heads set size = ?, root = ?, note = ?, time = ? where origin = ? and size = ? and root = ?",
  );
  const evidence = db.prepare(
    `insert into evidence (origin, size, root, note, time) select ?, ?, ?, ?, ?
      where (select count(*) from evidence where origin = ?) < 100 on conflict do nothing`,
  );
  return {
    head: (origin) => (select.get(origin) as CosignedHead | undefined) ?? null,
    advance(origin, from, { size, root, note, time }) {
      const row = [size, root, note, time, origin] as const;
      const { changes } =
        from === null ? first.run(...row) : next.run(...row, from.size, from.root);
      return Number(changes) === 1;
    },
    keepEvidence(origin, { size, root, note }, time) {
      evidence.run(origin, size, root, note, time, origin);
    },
    close: () => db.close(),
  };
}
