/** `log.json`: how a log describes itself. It proves nothing; a key from it is the log's own word. */
import { fromUtf8 } from "./bytes.ts";
import { VerifyError } from "./errors.ts";
import { jsonFields, shownText } from "./json.ts";
import type { LogFiles } from "./log-files.ts";
import { parseNamedWitnesses, type NamedWitness } from "./named-witnesses.ts";

export interface LogDescription {
  origin: string;
  /** `name+hex8+base64` */
  verifierKey: string;
  /** Those it says it is shown to. */
  witnesses: NamedWitness[];
}

const maxBytes = 100_000;

/** @throws {VerifyError} `bad_description`: there is none, or it does not name origin and key. */
export async function readDescription(files: LogFiles): Promise<LogDescription> {
  const bytes = await files.read("log.json", maxBytes);
  const fields =
    bytes === null || bytes.length > maxBytes
      ? null
      : jsonFields(fromUtf8(bytes, "bad_description", "log.json"));
  const origin = shownText(fields?.["origin"]);
  const verifierKey = shownText(fields?.["verifierKey"]);
  if (origin === null || verifierKey === null)
    throw new VerifyError("bad_description", "the log does not describe itself in a log.json");
  return { origin, verifierKey, witnesses: parseNamedWitnesses(fields?.["witnesses"]) ?? [] };
}

/**
 * Whether a file is missing because the log was dropped, which its log.json says: then nothing was shown about
 * it, neither good nor bad.
 * @throws {VerifyError} `dropped`; otherwise `error` itself, always.
 */
export async function refuseDropped(files: LogFiles, error: unknown): Promise<never> {
  const isMissing =
    error instanceof VerifyError &&
    (error.code === "missing_tile" || error.code === "missing_bundle");
  if (!isMissing) throw error;
  const bytes = await files.read("log.json", maxBytes);
  const fields = bytes && jsonFields(fromUtf8(bytes, "bad_description", "log.json"));
  const dropped = Object(fields?.["dropped"]) as Record<string, unknown>;
  const reason = shownText(dropped["reason"]);
  if (reason === null) throw error;
  throw new VerifyError(
    "dropped",
    `the log says that it was dropped (${reason}): its final checkpoint is signed by its key, and there are no entries left to check`,
    { cause: error },
  );
}
