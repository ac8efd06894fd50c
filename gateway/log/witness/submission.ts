/** One turn with one witness: shows it the newest checkpoint of a log and takes its cosignature. */
import type { PastTrees } from "../past-trees.ts";
import type { Published } from "../published.ts";
import type { Asked, AskWitness } from "./client.ts";
import { readCosignature, type Cosignature, type WitnessKey } from "./cosignature.ts";

export type Outcome =
  | { kind: "cosigned"; size: number; cosignature: Cosignature }
  /** The witness cosigned `size` entries, and those are more than we have, or others. */
  | { kind: "conflict"; size: number }
  | { kind: "unknown" }
  | { kind: "away"; status: number | null }
  /** The log does not publish what a proof is made of. */
  | { kind: "unpublished" }
  /** Another gateway signed and submitted more meanwhile. */
  | { kind: "overtaken"; size: number };

export interface SubmissionDeps {
  published: Pick<Published, "byId" | "newest">;
  past: PastTrees;
  ask: AskWitness;
  /** Size that is signed by now, from the database itself. */
  signedSize(log: number): Promise<number>;
}

/** Questions of one turn: the witness names its size, and may move on once meanwhile. */
const questions = 3;

/**
 * @param log row id. @param believed size that the witness is believed to have cosigned last.
 * @param signal ends what is under way.
 */
export async function submit(
  { published, past, ask, signedSize }: SubmissionDeps,
  witness: { url: string; key: WitnessKey },
  { log, believed }: { log: number; believed: number },
  signal: AbortSignal,
): Promise<Outcome> {
  const named = await published.byId(log);
  if (!named) return { kind: "unpublished" };
  let oldSize = believed;
  for (let question = 0; question < questions; question++) {
    const newest = await published.newest(named);
    if (!newest) return { kind: "unpublished" };
    const { size, note: checkpoint } = newest;
    // What is published here may be a moment old.
    if (oldSize > size)
      return (await signedSize(log)) < oldSize
        ? { kind: "conflict", size: oldSize }
        : { kind: "overtaken", size: oldSize };
    const proof =
      oldSize === 0 || oldSize === size ? [] : await past.consistency(named, oldSize, size);
    if (!proof) return { kind: "unpublished" };
    const asked: Asked = { oldSize, proof, checkpoint };
    const answer = await ask(witness.url, asked, signal);
    if (answer.kind === "contradicted")
      return oldSize === 0 ? { kind: "away", status: 422 } : { kind: "conflict", size: oldSize };
    if (answer.kind === "otherRoot")
      return oldSize === size ? { kind: "conflict", size } : { kind: "away", status: 409 };
    if (answer.kind === "cosigned") {
      const text = checkpoint.slice(0, checkpoint.lastIndexOf("\n\n") + 1);
      const cosignature = readCosignature(answer.lines, witness.key, text);
      return cosignature ? { kind: "cosigned", size, cosignature } : { kind: "away", status: 200 };
    }
    if (answer.kind !== "size") return answer;
    // The same question once more would get the same answer.
    if (answer.size === oldSize) return { kind: "away", status: 409 };
    oldSize = answer.size;
  }
  return { kind: "away", status: 409 };
}
