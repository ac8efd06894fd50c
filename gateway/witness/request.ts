/**
 * What a log asks a witness (C2SP tlog-witness, `add-checkpoint`):
 *
 *     old 20852014
 *     PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
 *
 *     example.com/behind-the-sofa
 *     20852163
 *     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
 *
 *     — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5…
 */
import {
  fromBase64,
  fromDecimal,
  fromUtf8,
  hashLength,
  utf8,
  type Bytes,
} from "../verify/bytes.ts";
import { parseCheckpoint, type Checkpoint } from "../verify/checkpoint.ts";
import { VerifyError } from "../verify/errors.ts";
import { parseNote, type Note } from "../verify/note.ts";

export interface Submission {
  /** Size the log believes the witness cosigned last; 0 when none. */
  oldSize: number;
  /** Consistency proof from that size to the checkpoint's, RFC 6962 section 2.1.2. */
  proof: Bytes[];
  /** The signed note. */
  note: Note;
  checkpoint: Checkpoint;
}

/** Lines of a proof a client may send. */
const maxProofLines = 63;

/**
 * Takes a request apart; no signature and no proof is checked yet.
 * @throws {VerifyError} `bad_proof`, `bad_note`, `bad_checkpoint`: it is not of this form.
 */
export function parseSubmission(body: Uint8Array): Submission {
  const text = fromUtf8(body, "bad_proof", "the request");
  const split = text.indexOf("\n\n");
  const [first = "", ...lines] = text.slice(0, Math.max(split, 0)).split("\n");
  const oldSize = first.startsWith("old ") ? fromDecimal(first.slice(4)) : null;
  if (oldSize === null)
    throw new VerifyError("bad_proof", "the first line is not `old` and a size in decimal");
  if (lines.length > maxProofLines)
    throw new VerifyError("bad_proof", `the proof has more than ${maxProofLines} lines`);
  const proof = lines.map((line) => {
    const hash = fromBase64(line);
    if (hash?.length !== hashLength)
      throw new VerifyError("bad_proof", "a line of the proof is not 32 bytes of base64");
    return hash;
  });
  const note = parseNote(utf8(text.slice(split + 2)));
  return { oldSize, proof, note, checkpoint: treeHead(note.text) };
}

/**
 * The first three lines of a checkpoint. Other logs than ours may add extension lines: they are signed
 * along, and say nothing to a witness.
 */
function treeHead(text: string): Checkpoint {
  const lines = text.split("\n");
  const extensions = lines.slice(3, -1);
  if (extensions.includes(""))
    throw new VerifyError("bad_checkpoint", "a line of the checkpoint is empty");
  return parseCheckpoint([...lines.slice(0, 3), ""].join("\n"));
}
