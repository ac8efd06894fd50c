import type { Gateway } from "../gateway.ts";
import { DropError, dropLog } from "../log/ends/drop.ts";
import { emptyDropped } from "../log/ends/empty.ts";
import { beginEpoch, EpochError, type NewEpoch } from "../log/ends/epoch.ts";
import { listLogs, type ListedLog } from "../log/ends/list.ts";
import { verifierKey } from "../log/tree/note.ts";
import { shownText } from "../verify/json.ts";
import { UsageError, withGateway, type Command } from "./command.ts";
import { readKeptCheckpoint } from "./kept-checkpoint.ts";

type Print = (line: string) => void;

/** How logs end, for whoever has the machine, beside a running gateway. */
export const logsCommand: Command = {
  usage:
    'logs list | continue <origin> --reason "…" [--checkpoint FILE] | drop <origin> --reason "…"',
  purpose:
    "logs: list; continue a lost one in a new epoch, which says for everybody to see how far it was signed and what happened; drop a closed one of which nothing must be kept",
  options: { reason: { type: "string" }, checkpoint: { type: "string" } },
  run([action, origin, ...more], values, print) {
    if (more.length > 0) throw new UsageError("name one log");
    if (action === "list") return withGateway((gateway) => list(gateway, print));
    if (action !== "continue" && action !== "drop")
      throw new UsageError("say list, continue or drop");
    if (origin === undefined)
      throw new UsageError("name the log by its origin; `logs list` shows them");
    const reason = reasonOf(values["reason"]);
    const { checkpoint } = values;
    if (action === "drop") {
      if (checkpoint !== undefined) throw new UsageError("--checkpoint belongs to continue");
      return withGateway((gateway) => drop(gateway, { origin, reason }, print));
    }
    const file = typeof checkpoint === "string" ? checkpoint : null;
    return withGateway((gateway) => continueLog(gateway, { origin, reason, file }, print));
  },
};

/**
 * Everybody reads it, for as long as the log is kept: a verifier refuses an entry whose reason it could not
 * show, and the entry never changes.
 */
function reasonOf(value: unknown): string {
  const reason = typeof value === "string" ? value.trim() : "";
  if (reason.length < 10 || shownText(reason) === null)
    throw new UsageError(
      '--reason says in 10 to 500 characters on one line, none of them invisible, what happened, for everybody to read, such as "disk failed on 3 May, restored from the backup of 2 May"',
    );
  return reason;
}

async function list({ storage }: Gateway, print: Print): Promise<number> {
  for (const log of await listLogs(storage.main.read)) print(describe(log));
  return 0;
}

function describe({ origin, signed, entries, closed, dropped }: ListedLog): string {
  const state = dropped
    ? `dropped on ${day(dropped.at)}`
    : closed
      ? `${closed.by === "epoch" ? "continued" : "closed"} on ${day(closed.at)}`
      : "goes on";
  return [origin, `${signed} of ${entries} entries signed`, state].join("\t");
}

const day = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

async function continueLog(
  gateway: Gateway,
  { origin, reason, file }: { origin: string; reason: string; file: string | null },
  print: Print,
): Promise<number> {
  const { storage, integrator, published, witnessing, publicUrl } = gateway;
  const signer = (await listLogs(storage.main.read)).find((log) => log.origin === origin)?.signer;
  const key = signer ? verifierKey(signer) : null;
  const elsewhere = file === null ? null : await readKeptCheckpoint(file, { origin, key });
  let epoch: NewEpoch;
  try {
    // What witnesses saw can show a loss that no mark knows of.
    const guard = witnessing.guarded(gateway.guard);
    epoch = await beginEpoch({ ...gateway, guard }, { origin, reason, elsewhere });
  } catch (error) {
    if (!(error instanceof EpochError)) throw error;
    print(`not continued: ${error.message}`);
    return 1;
  }
  await integrator.integrate();
  const log = await published.find(epoch.site, epoch.year, epoch.epoch);
  for (const line of account(epoch)) print(line);
  if (log) print(`Its key, for auditors and witnesses: ${verifierKey(log.signer)}`);
  print(`It is served at ${publicUrl}/log/${epoch.site}/${epoch.year}/e${epoch.epoch}`);
  return 0;
}

async function drop(
  { storage, clock }: Gateway,
  log: { origin: string; reason: string },
  print: Print,
): Promise<number> {
  const { main } = storage;
  try {
    await dropLog({ main, clock }, log);
  } catch (error) {
    if (!(error instanceof DropError)) throw error;
    print(`not dropped: ${error.message}`);
    return 1;
  }
  const isGone = await emptyDropped({ main, clock });
  print(`${log.origin} is dropped: its name, its final checkpoint and the reason stay.`);
  print(
    isGone
      ? "Nothing else of it is left in the database."
      : "Deleted bytes are still in the database files; a running gateway removes them within minutes.",
  );
  return 0;
}

function account({ origin, previous, kept, moved }: NewEpoch): string[] {
  const missing = previous.size - kept;
  return [
    `${origin} goes on where ${previous.origin} ended; a running gateway follows within seconds.`,
    `The old log was signed up to ${counted(previous.size)}, of which ${kept} are here.`,
    ...(missing > 0
      ? [
          `${counted(missing)} that were signed are missing here; receipts of them stay valid, and the new log's first entry says so.`,
        ]
      : []),
    ...(moved > 0
      ? [`${counted(moved)} that were acknowledged and not yet signed moved into the new log.`]
      : []),
  ];
}

const counted = (count: number): string => `${count} ${count === 1 ? "entry" : "entries"}`;
