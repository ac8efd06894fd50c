/** From a decision to the two halves of its record, and to its leaf once time and place are known. */
import { randomBytes } from "node:crypto";
import { commitment, saltLength } from "./commitment.ts";
import { encodeDecision, type EncodedDecision } from "./decision-half.ts";
import type { DecisionInput } from "./log.ts";
import { seal } from "./seal.ts";
import { encodeSubject, recordKeys } from "./subject-half.ts";
import type { SubjectKey } from "./subject-keys.ts";

/** A record as far as it can be made before its place in the log is known. */
export interface Prepared {
  input: DecisionInput;
  /** 16 bytes. */
  id: Buffer;
  subject: SubjectKey;
  consentId: string;
  decision: EncodedDecision;
  decisionSalt: Buffer;
  decisionCommitment: Buffer;
}

/** A subject half, sealed, and what the leaf says of it. */
export interface Sealed {
  sealed: Buffer;
  commitment: Buffer;
}

export function prepare(input: DecisionInput, subject: SubjectKey, consentId: string): Prepared {
  const decision = encodeDecision(input);
  const decisionSalt = randomBytes(saltLength);
  return {
    input,
    id: Buffer.from(input.body.id, "base64url"),
    subject,
    consentId,
    decision,
    decisionSalt,
    decisionCommitment: commitment("decision", decisionSalt, decision.head, decision.tail),
  };
}

/** @param previous record id of the subject's newest record, or null. */
export function sealSubject(record: Prepared, previous: string | null): Sealed {
  const { salt, seal: key } = recordKeys(record.subject.key, record.id);
  const bytes = encodeSubject({
    consentId: record.consentId,
    page: record.input.body.page,
    previous,
  });
  return { sealed: seal(key, bytes), commitment: commitment("subject", salt, bytes) };
}
