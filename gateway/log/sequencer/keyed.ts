/**
 * What a batch of decisions needs before it may be sequenced: the keys of their subjects, durable before any
 * record that depends on them. A decision that was recorded before is answered here already, and makes no
 * key: its subject may have been erased since.
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
  const known = await answerKnown(
    storage.main.read,
    inputs.map(({ site, body }) => ({ site, recordId: body.id })),
  );
  const fresh = named.filter(({ name }) => !known.has(name));
  const made = await keys.ensure(fresh.map(({ subject }) => subject));
  const subjects = new Map(fresh.map(({ input }, i) => [input, made[i]!]));
  return named.map(({ input, name, subject }) => {
    const answer = known.get(name);
    return {
      value: answer
        ? answer(hex(input.bodyHash))
        : { input, consentId: subject.consentId, subject: subjects.get(input)! },
    };
  });
}
