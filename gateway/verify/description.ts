/** `log.json`: how a log describes itself. It proves nothing; a key from it is the log's own word. */
import { fromUtf8 } from "./bytes.ts";
import { VerifyError } from "./errors.ts";
import { jsonFields, shownText } from "./json.ts";
import type { LogFiles } from "./log-files.ts";

export interface LogDescription {
  origin: string;
  /** `name+hex8+base64` */
  verifierKey: string;
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
  return { origin, verifierKey };
}
