/** What a log's first entry says of the log it continues: that one's final checkpoint, and why it ended. */
import { fromBase64, utf8, type Bytes } from "./bytes.ts";
import { parseCheckpoint, type Checkpoint } from "./checkpoint.ts";
import { VerifyError } from "./errors.ts";
import { shownText } from "./json.ts";
import type { EpochLeaf } from "./leaf.ts";
import { parseNote } from "./note.ts";

export interface Continued {
  /** The final checkpoint of the old log, as quoted. */
  checkpoint: Checkpoint;
  /** The signed note. */
  note: Bytes;
  reason: string;
}

/** @param origin of the log whose first entry it is. @throws {VerifyError} `bad_leaf`. */
export function readContinued(leaf: EpochLeaf, origin: string): Continued {
  const note = fromBase64(leaf.previous) ?? utf8("");
  const reason = shownText(leaf.reason);
  const wrong = (cause?: unknown) =>
    new VerifyError("bad_leaf", "entry 0 does not quote a final checkpoint and a reason", {
      cause,
    });
  let checkpoint: Checkpoint;
  try {
    checkpoint = parseCheckpoint(parseNote(note).text);
  } catch (error) {
    throw wrong(error);
  }
  if (reason === null || shownText(checkpoint.origin) === null || checkpoint.origin === origin)
    throw wrong();
  return { checkpoint, note, reason };
}
