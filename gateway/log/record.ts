/** From a decision to the two halves of its record, and to its leaf once time and place are known. */
import { randomBytes } from "node:crypto";
import { commitment, saltLength } from "./commitment.ts";
import { hex } from "./bytes.ts";
import { consentLeaf } from "./leaf.ts";
import type { StoredTail } from "./sequencer/decision-tails.ts";
import type { DecisionInput } from "./log.ts";
import { nonceLength, seal } from "./seal.ts";
import { encodeSubject, recordKeys } from "./subject-half.ts";
import type { SubjectKey } from "./subject-keys.ts";

/**
 * A record as far as it can be made before its place in the log is known. It crosses threads, where many
 * small arrays are dear, so its bytes are hexadecimal text.
 */
export interface Prepared {
  site: string;
  recordId: string;
  counter: number;
  /** SHA-256 of the body as received. */
  bodyHash: string;
  subject: SubjectKey;
  consentId: string;
  /** Cleaned path of the page. */
  page: string;
  /** The decision half in its two parts. */
  head: string;
  tail: StoredTail;
}

/** What is stored of a record beside what it was prepared from. */
export interface Made {
  leaf: Buffer;
  /** The sealed subject half. */
  sealed: Buffer;
  decisionSalt: Buffer;
}

/** @param made what belongs to the record beside the decision as it came. */
export function prepare(
  { site, body, bodyHash }: DecisionInput,
  made: Pick<Prepared, "subject" | "consentId" | "head" | "tail">,
): Prepared {
  return {
    site,
    recordId: body.id,
    counter: body.counter,
    bodyHash: hex(bodyHash),
    page: body.page,
    ...made,
  };
}

/** The record id as it is stored, 16 bytes. */
export function recordIdBytes(recordId: string): Buffer {
  return Buffer.from(recordId, "base64url");
}

/** Random bytes that one record takes. */
const randomLength = saltLength + nonceLength;

/** Gives every record of a batch its random bytes, drawn at once: a draw costs more than its bytes. */
export function drawRandom(records: number): (place: number) => Buffer {
  const drawn = randomBytes(records * randomLength);
  return (place) => drawn.subarray(place * randomLength, (place + 1) * randomLength);
}

export interface Place {
  /** Leaf time, unix seconds. */
  time: number;
  /** Record id of the subject's newest record, or null. */
  previous: string | null;
  /** From {@link drawRandom}; a batch that is run again draws anew. */
  random: Buffer;
}

export function makeRecord(record: Prepared, { time, previous, random }: Place): Made {
  const { consentId, page, subject, head, tail } = record;
  const keys = recordKeys(Buffer.from(subject.key, "hex"), recordIdBytes(record.recordId));
  const half = encodeSubject({ consentId, page, previous });
  const decisionSalt = random.subarray(0, saltLength);
  return {
    leaf: consentLeaf(
      time,
      commitment("subject", keys.salt, half),
      commitment("decision", decisionSalt, head, tail.text),
    ),
    sealed: seal(keys.seal, half, random.subarray(saltLength)),
    decisionSalt,
  };
}
