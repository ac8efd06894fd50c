/**
 * A witness (C2SP tlog-witness): cosigns checkpoints of the logs it was told of, each only if it extends
 * the one cosigned before. Whoever finds its line on a checkpoint knows that the log showed the same
 * history here.
 */
import type { Clock } from "../clock.ts";
import { equal, toBase64, type Bytes } from "../verify/bytes.ts";
import type { Checkpoint } from "../verify/checkpoint.ts";
import { VerifyError } from "../verify/errors.ts";
import { names, type VerifierKey } from "../verify/key.ts";
import { verifyConsistency } from "../verify/merkle.ts";
import { verifyNote, type Note } from "../verify/note.ts";
import type { Primitives } from "../verify/primitives.ts";
import type { WitnessKey } from "./key.ts";
import { parseSubmission, type Submission } from "./request.ts";
import type { CosignedHead, Head, WitnessState } from "./state.ts";

export type Answer =
  | { status: 200; /** Signature lines. */ lines: string }
  /** The old size is not that of the latest cosigned checkpoint, which is this. */
  | { status: 409; size: number }
  | { status: 400 | 403 | 404 | 409 | 422; reason: string };

export interface Witness {
  /** Answers `add-checkpoint`; what it cosigned is on disk before this resolves. */
  addCheckpoint(body: Uint8Array): Promise<Answer>;
  /** The latest checkpoint cosigned of a log, or null. */
  latest(origin: string): CosignedHead | null;
}

export interface WitnessDeps {
  key: WitnessKey;
  state: WitnessState;
  /** Keys trusted for an origin: none, if the log is not one to witness. */
  trusted(origin: string): VerifierKey[];
  clock: Clock;
  primitives: Primitives;
  /** Is told when a log contradicts itself under its own signature. */
  onContradiction(origin: string): void;
}

export function createWitness(deps: WitnessDeps): Witness {
  const { key, state, trusted, clock, primitives, onContradiction } = deps;

  /** Never earlier than before: "the largest until now" must not be said of a smaller tree later. */
  const timeAfter = (head: CosignedHead | null): number =>
    Math.max(Math.floor(clock.now() / 1000), head?.time ?? 0);

  function contradiction(note: Note, checkpoint: Checkpoint, keys: VerifierKey[]): void {
    const signed = { ...checkpoint, note: noteOf(note, keys) };
    state.keepEvidence(checkpoint.origin, signed, timeAfter(null));
    onContradiction(checkpoint.origin);
  }

  return {
    latest: state.head,
    async addCheckpoint(body) {
      let submission: Submission;
      try {
        submission = parseSubmission(body);
      } catch (error) {
        return { status: 400, reason: reasonOf(error) };
      }
      const { oldSize, proof, note, checkpoint } = submission;
      const keys = trusted(checkpoint.origin);
      if (keys.length === 0) return { status: 404, reason: "this log is not witnessed here" };
      try {
        await verifySignatures(note, keys, primitives);
      } catch (error) {
        return { status: 403, reason: reasonOf(error) };
      }
      if (oldSize > checkpoint.size)
        return { status: 400, reason: "the old size is larger than the checkpoint's" };

      const head = state.head(checkpoint.origin);
      if (oldSize !== (head?.size ?? 0)) return { status: 409, size: head?.size ?? 0 };
      try {
        await verifyGrowth(head, checkpoint, proof, primitives);
      } catch (error) {
        if (error instanceof VerifyError && error.code === "split_view") {
          contradiction(note, checkpoint, keys);
          return { status: 409, reason: error.message };
        }
        return { status: 422, reason: reasonOf(error) };
      }

      const time = timeAfter(head);
      const lines = key.cosign(note.text, time);
      const cosigned = { ...checkpoint, note: noteOf(note, keys) + lines, time };
      // Another request may have been answered while this one was checked.
      if (!state.advance(checkpoint.origin, head, cosigned))
        return { status: 409, size: state.head(checkpoint.origin)?.size ?? 0 };
      return { status: 200, lines };
    },
  };
}

/**
 * At least one line is of a trusted key, and every such line is right; all others are ignored.
 * @throws {VerifyError} `unsigned`, `bad_signature`.
 */
async function verifySignatures(
  note: Note,
  keys: VerifierKey[],
  primitives: Primitives,
): Promise<void> {
  const present = keys.filter((key) => note.signatures.some((line) => names(line, key)));
  if (present.length === 0)
    throw new VerifyError("unsigned", "the checkpoint is not signed by a key of this log");
  for (const key of present) await verifyNote(note, key, primitives);
}

/**
 * @param head what the new checkpoint must extend, of the size that the proof begins at.
 * @throws {VerifyError} `split_view`: two roots at one size; `inconsistent`: the proof does not show it.
 */
async function verifyGrowth(
  head: Head | null,
  { size, root }: Checkpoint,
  proof: Bytes[],
  primitives: Primitives,
): Promise<void> {
  if (size === 0 && !equal(root, await primitives.sha256(new Uint8Array(0))))
    throw new VerifyError("inconsistent", "an empty log has another root");
  if (head === null || head.size === 0) {
    if (proof.length > 0)
      throw new VerifyError("inconsistent", "from an empty log there is nothing to prove");
    return;
  }
  const firstRoot = Uint8Array.from(head.root);
  if (head.size === size && proof.length === 0 && !equal(firstRoot, root))
    throw new VerifyError("split_view", "another root was cosigned at this size");
  await verifyConsistency(
    { first: head.size, second: size, path: proof, firstRoot, secondRoot: root },
    primitives,
  );
}

/** The note with the lines of the log's own keys alone. */
function noteOf(note: Note, keys: VerifierKey[]): string {
  const lines = note.signatures
    .filter((line) => keys.some((key) => names(line, key)))
    .map(({ name, keyId, signature }) => {
      const bytes = new Uint8Array([...keyId, ...signature]);
      return `— ${name} ${toBase64(bytes)}\n`;
    });
  return `${note.text}\n${lines.join("")}`;
}

function reasonOf(error: unknown): string {
  if (error instanceof VerifyError) return error.message;
  throw error;
}
