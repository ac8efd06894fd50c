/** The logs a witness may cosign for, by their verifier keys. */
import { signatureType, parseVerifierKey, type VerifierKey } from "../verify/key.ts";
import { VerifyError } from "../verify/errors.ts";
import type { Primitives } from "../verify/primitives.ts";

/** Origin → its keys: a log's key is named as its origin. */
export type KnownLogs = ReadonlyMap<string, VerifierKey[]>;

/**
 * Reads verifier keys, one a line; empty lines and lines that begin with `#` are skipped.
 * @throws {Error} naming the line that is no verifier key of a log.
 */
export async function parseLogs(text: string, primitives: Primitives): Promise<KnownLogs> {
  const logs = new Map<string, VerifierKey[]>();
  for (const [at, line] of text.split("\n").entries()) {
    const written = line.trim();
    if (written === "" || written.startsWith("#")) continue;
    const key = await parseVerifierKey(written, signatureType.ed25519, primitives).catch(
      (error: unknown) => {
        if (error instanceof VerifyError) throw new Error(`line ${at + 1}: ${error.message}`);
        throw error;
      },
    );
    logs.set(key.name, [...(logs.get(key.name) ?? []), key]);
  }
  return logs;
}
