/**
 * What a batch of decisions needs before it may be sequenced: the keys of their subjects, durable before any
 * record that depends on them. A decision that was recorded before is answered here already, and leaves no
 * new key behind: its subject may have been erased since.
 */
import type { Storage } from "../../storage/storage.ts";
import { consentId } from "../consent-id.ts";
import type { Outcome } from "./group-commit.ts";
import { hex } from "../bytes.ts";
import { answerKnown, recordName, type Answer } from "./known-records.ts";
import type { DecisionInput } from "../log.ts";
import type { SubjectKey, SubjectKeys } from "../subject-keys.ts";

/** A decision whose subject has a key. */
export interface Keyed {
  input: DecisionInput;
  consentId: string;
  subject: SubjectKey;
}

export interface KeyingDeps {
  storage: Storage;
  keys: SubjectKeys;
}

/** One outcome per decision, in order: what it needs to be sequenced, or its answer. */
export async function keyed(
  { storage, keys }: KeyingDeps,
  inputs: DecisionInput[],
): Promise<Outcome<Keyed | Answer>[]> {
  const named = inputs.map((input) => {
    const { site, body } = input;
    const name = recordName({ site, recordId: body.id });
    return { input, name, subject: { site, consentId: consentId(site, body.secret) } };
  });
  const names = inputs.map(({ site, body }) => ({ site, recordId: body.id }));
  // Both at once: nearly all decisions are new, and each of the two is a way to another thread and back.
  const [known, ensured] = await Promise.all([
    answerKnown(storage.main.read, names),
    keys.ensure(named.map(({ subject }) => subject)),
  ]);
  const used = new Set(
    ensured.flatMap(({ subject }, i) => (known.has(named[i]!.name) ? [] : subject)),
  );
  const needless = ensured.filter(({ subject, made }) => made && !used.has(subject));
  for (const { subject } of needless) await keys.destroy(Buffer.from(subject, "hex"));
  return named.map(({ input, name, subject: { consentId } }, i) => {
    const answer = known.get(name);
    const { subject, key } = ensured[i]!;
    return {
      value: answer ? answer(hex(input.bodyHash)) : { input, consentId, subject: { subject, key } },
    };
  });
}
