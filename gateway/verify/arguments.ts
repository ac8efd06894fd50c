/** What `soglas verify` can be asked, read from its arguments. */
import { parseArgs } from "node:util";

export const usage = `Usage:
  soglas verify receipt FILE --key KEY [--log URL|DIR]
  soglas verify log URL|DIR --key KEY [--state FILE] [--checkpoint FILE]...
  soglas verify export FILE --key KEY...

  --key KEY            verifier key of the log (name+1a2b3c4d+base64), from a source you trust;
                       an export may need one for each log
  --witness KEY        verifier key of a witness that must have cosigned; may be repeated
  --state FILE         remembers the newest checkpoint; a log that forgets or rewrites fails the next time
  --checkpoint FILE    a checkpoint or receipt of the same log from elsewhere; may be repeated
  --log URL|DIR        checks that the log still extends what the receipt shows
  --access-key FILE    file with an auditor's access key, for logs that are not public
  --previous-key KEY   verifier key of the log that this one continues after a loss
  --previous URL|DIR   what is left of that log: verified too
  --trust-served-key   takes the key from the log's own log.json: shows that the log agrees with
                       itself, not whose it is

Exit status: 0 verified, 1 not verified, 2 could not be checked.`;

/** A request that cannot be understood. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

export interface Request {
  what: "receipt" | "log" | "export";
  /** The file of the receipt or export, or the log's address or folder. */
  target: string;
  /** Address or folder of the log: the target itself, or what `--log` says. */
  log: string | null;
  /** Null: the log's own. */
  key: string | null;
  /** Of an export: one for each of its logs. */
  keys: string[];
  witnesses: string[];
  state: string | null;
  checkpoints: string[];
  /** Of the log that this one continues. */
  previousKey: string | null;
  previous: string | null;
  accessKeyFile: string | null;
}

/** @param args what follows `soglas verify`. @throws {UsageError} */
export function parseRequest(args: string[]): Request {
  const { values, positionals } = parse(args);
  const [what, target, ...more] = positionals;
  if (!isKnown(what) || target === undefined || more.length > 0)
    throw new UsageError(
      "say what to verify: a receipt and its file, a log and its address, or an export and its file",
    );
  const served = values["trust-served-key"] === true;
  const keys = values.key ?? [];
  if (what === "export") return exportRequest(target, keys, values);
  if (keys.length > 1) throw new UsageError("a receipt or a log has one key");
  if (served === keys.length > 0)
    throw new UsageError("give the log's key with --key, or say --trust-served-key");
  const log = what === "log" ? target : (values.log ?? null);
  if (served && log === null)
    throw new UsageError("--trust-served-key needs --log: a receipt does not bring its key");
  if (what === "log" && values.log !== undefined)
    throw new UsageError("--log belongs to a receipt");
  if (what === "receipt" && (values.state !== undefined || values.checkpoint !== undefined))
    throw new UsageError("--state and --checkpoint belong to a log");
  const previousKey = values["previous-key"] ?? null;
  if (what === "receipt" && (previousKey !== null || values.previous !== undefined))
    throw new UsageError("--previous and --previous-key belong to a log");
  if (values.previous !== undefined && previousKey === null)
    throw new UsageError("--previous needs --previous-key: each log has a key of its own");
  return {
    what,
    target,
    log,
    key: keys[0] ?? null,
    keys,
    witnesses: values.witness ?? [],
    state: values.state ?? null,
    checkpoints: values.checkpoint ?? [],
    previousKey,
    previous: values.previous ?? null,
    accessKeyFile: values["access-key"] ?? null,
  };
}

const isKnown = (what: string | undefined): what is Request["what"] =>
  what === "receipt" || what === "log" || what === "export";

function exportRequest(
  target: string,
  keys: string[],
  { witness, ...values }: ReturnType<typeof parse>["values"],
): Request {
  if (keys.length === 0) throw new UsageError("give the key of each log with --key");
  if (Object.keys(values).some((name) => name !== "key"))
    throw new UsageError("an export is checked with --key and --witness alone");
  return {
    what: "export",
    target,
    log: null,
    key: null,
    keys,
    witnesses: witness ?? [],
    state: null,
    checkpoints: [],
    previousKey: null,
    previous: null,
    accessKeyFile: null,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        key: { type: "string", multiple: true },
        witness: { type: "string", multiple: true },
        state: { type: "string" },
        checkpoint: { type: "string", multiple: true },
        log: { type: "string" },
        "previous-key": { type: "string" },
        previous: { type: "string" },
        "access-key": { type: "string" },
        "trust-served-key": { type: "boolean" },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : "unknown arguments");
  }
}
