/**
 * What must be remembered between leaving for the provider and coming back, sealed for a cookie: no
 * gateway keeps it, so any replica can take the person back.
 */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Clock } from "../../clock.ts";
import { nonceLength, seal, unseal } from "../../log/seal.ts";
import type { InstallationSecret } from "../../secret.ts";

/** Milliseconds from leaving to coming back. */
export const transactionLife = 10 * 60_000;

const transaction = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  /** PKCE code verifier (RFC 7636). */
  verifier: z.string(),
  /** Unix milliseconds. */
  expires: z.number(),
});

export type Transaction = Omit<z.infer<typeof transaction>, "expires">;

export interface Transactions {
  seal(transaction: Transaction): string;
  /** Null for anything that was not sealed here, or too long ago. */
  open(sealed: string): Transaction | null;
}

export function sealTransactions(deps: { secret: InstallationSecret; clock: Clock }): Transactions {
  const key = deps.secret.derive("sign-in");
  return {
    seal(given) {
      const text = JSON.stringify({ ...given, expires: deps.clock.now() + transactionLife });
      return seal(key, Buffer.from(text), randomBytes(nonceLength)).toString("base64url");
    },
    open(sealed) {
      try {
        const text = unseal(key, Buffer.from(sealed, "base64url")).toString("utf8");
        const { expires, ...found } = transaction.parse(JSON.parse(text));
        return deps.clock.now() < expires ? found : null;
      } catch {
        return null;
      }
    },
  };
}
