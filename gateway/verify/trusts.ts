/** Keys of several logs: a site has one log a year, and an export may hold records of several. */
import { parseTrust, type Trust } from "./checkpoint.ts";
import { VerifyError } from "./errors.ts";
import type { Primitives } from "./primitives.ts";

export interface Trusts {
  /** @throws {VerifyError} `bad_key`: no key of this log was given. */
  of(origin: string): Trust;
}

/** @param keys verifier keys, one per log. @throws {VerifyError} `bad_key`. */
export async function parseTrusts(
  keys: string[],
  witnesses: string[],
  primitives: Primitives,
): Promise<Trusts> {
  const trusts = new Map<string, Trust>();
  for (const key of keys) {
    const trust = await parseTrust(key, witnesses, primitives);
    if (trusts.has(trust.log.name))
      throw new VerifyError("bad_key", `two keys were given for ${trust.log.name}`);
    trusts.set(trust.log.name, trust);
  }
  return {
    of(origin) {
      const trust = trusts.get(origin);
      if (!trust)
        throw new VerifyError(
          "bad_key",
          "the export holds records of a log whose key was not given: say --key once for each log",
        );
      return trust;
    },
  };
}
