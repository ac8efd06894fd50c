/** What is stored of a log contradicts what was signed of it: it is reported, and nothing is built on it. */

export type IntegrityCode =
  | "missing_entry"
  | "missing_tile"
  | "wrong_root"
  | "wrong_key"
  | "wrong_record"
  | "no_mark"
  | "rolled_back";

/** The message says what was found; {@link remedies} what an operator can do. */
export class IntegrityError extends Error {
  readonly code: IntegrityCode;
  constructor(code: IntegrityCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "IntegrityError";
    this.code = code;
  }
}

const goOn =
  'where there is none any more, go on in a new epoch, which says so for everybody to see: soglas logs continue <origin> --reason "what happened"';

const damaged = `stop the gateway and keep a copy of the database as it is, which is evidence; a copy that soglas fsck finds whole and that has everything that was signed may take its place; ${goOn}`;

export const remedies: Record<IntegrityCode, string> = {
  missing_entry: damaged,
  missing_tile: damaged,
  wrong_root: damaged,
  wrong_key: "start the gateway with the installation secret that belongs to this database",
  wrong_record:
    "the log itself is whole, and goes on; look in backups of the database for the row as it was, which the entry recognises, and put it back: soglas fsck says when it is the right one",
  no_mark: "if this is the newest database there is, say so with soglas fsck --adopt",
  rolled_back: `this is an older copy of the database: put the newest one back; what was signed since cannot be signed a second time; ${goOn}`,
};
