/** Leaves of a consent log, the writing side (docs/log-format.md), from a seed. */
import { createHash } from "node:crypto";

function digest(...parts: (string | Uint8Array)[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export const firstTime = 1_767_225_600;

export function configEntry(time: number, statement: string): Buffer {
  const h = digest(statement).toString("base64url");
  return Buffer.from(JSON.stringify({ v: 1, k: "config", t: time, h }));
}

export function erasureEntry(time: number, index: number): Buffer {
  return Buffer.from(JSON.stringify({ v: 1, k: "erasure", t: time, i: index }));
}

export function epochEntry(time: number, previous: string, reason: string): Buffer {
  const p = Buffer.from(previous).toString("base64");
  return Buffer.from(JSON.stringify({ v: 1, k: "epoch", t: time, p, r: reason }));
}

/** A half with its salt, as an opening shows it. */
export interface Half {
  salt: Buffer;
  text: string;
}

function commitment(half: "subject" | "decision", { salt, text }: Half): Buffer {
  return digest(`soglas/${half}-half/v1\n`, salt, text);
}

export function consentEntry(time: number, subject: Half, decision: Half): Buffer {
  const s = commitment("subject", subject).toString("base64url");
  const d = commitment("decision", decision).toString("base64url");
  return Buffer.from(JSON.stringify({ v: 1, k: "consent", t: time, s, d }));
}

/**
 * A plausible log: a configuration, consents with random commitments three a second, an erasure now and
 * then.
 */
export function sampleEntries(count: number, seed = "sample"): Buffer[] {
  return Array.from({ length: count }, (_, i) => {
    const time = firstTime + Math.floor(i / 3);
    if (i === 0) return configEntry(time, seed);
    if (i % 1000 === 999) return erasureEntry(time, i - 1);
    const random = digest(seed, String(i));
    const s = random.toString("base64url");
    const d = digest(random).toString("base64url");
    return Buffer.from(`{"v":1,"k":"consent","t":${time},"s":"${s}","d":"${d}"}`);
  });
}
