/** `soglas verify`: reads what is asked, verifies it, and says in plain words what was shown. */
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { parseRequest, usage, UsageError, type Request } from "./arguments.ts";
import { parseTrust, verifyCheckpoint, type Checkpoint, type Trust } from "./checkpoint.ts";
import { verifyContinued } from "./continued.ts";
import { readDescription, refuseDropped } from "./description.ts";
import type { Continued } from "./epoch.ts";
import { isUndecided, VerifyError } from "./errors.ts";
import { verifyExport } from "./export/export.ts";
import { exportWords } from "./export/words.ts";
import { folderFiles } from "./folder.ts";
import { httpFiles } from "./http-files.ts";
import { readCheckpoint, type LogFiles } from "./log-files.ts";
import { verifyLog } from "./log.ts";
import type { NamedWitness } from "./named-witnesses.ts";
import { nodeExportPrimitives, nodePrimitives as primitives } from "./node.ts";
import { parseProof } from "./proof.ts";
import { verifyReceipt } from "./receipt.ts";
import { readStateFile, writeStateFile } from "./state-file.ts";
import { parseState, writeState } from "./state.ts";
import { verifyExtension } from "./tile-proofs.ts";
import { continuedWords } from "./continued-words.ts";
import { parseTrusts } from "./trusts.ts";
import { logWords, receiptWords } from "./words.ts";

export interface VerifyIo {
  /** Takes a line of the answer. */
  out(line: string): void;
  /** Takes a line about what went wrong. */
  err(line: string): void;
  fetch: typeof fetch;
}

/**
 * Runs `soglas verify` and never throws for what it was given.
 * @param args what follows `soglas verify`.
 * @returns the exit status: 0 verified, 1 not verified, 2 could not be checked (usage, a file or an
 *   address out of reach).
 */
export async function verifyCommand(args: string[], io: VerifyIo): Promise<number> {
  try {
    const request = parseRequest(args);
    const lines = await checks[request.what](request, io);
    for (const line of lines) io.out(line);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`soglas verify: ${error.message}`);
      io.err(usage);
      return 2;
    }
    if (!(error instanceof VerifyError)) throw error;
    const undecided = isUndecided(error);
    io.err(`${undecided ? "NOT CHECKED" : "NOT VERIFIED"}  ${error.message} (${error.code})`);
    return undecided ? 2 : 1;
  }
}

const checks = { receipt, log, export: exported };

async function exported({ target, keys, witnesses }: Request): Promise<string[]> {
  const trusts = await parseTrusts(keys, witnesses, primitives);
  const file = createReadStream(target, { highWaterMark: 1 << 20 });
  try {
    return exportWords(await verifyExport(file, trusts, nodeExportPrimitives));
  } catch (error) {
    if (error instanceof VerifyError || file.errored !== error) throw error;
    throw new VerifyError("unreachable", `${target} cannot be read`, { cause: error });
  }
}

async function log(request: Request, io: VerifyIo): Promise<string[]> {
  const files = await openLog(request.target, request, io);
  const trust = await trustOf(request, files, io);
  const { state } = request;
  const earlier: Checkpoint[] = [];
  const remembered = state === null ? null : await readStateFile(state);
  if (remembered !== null) earlier.push(await parseState(remembered, trust, primitives));
  for (const file of request.checkpoints) earlier.push(await heldCheckpoint(file, trust));
  const report = await verifyLog(files, trust, earlier, primitives).catch((error: unknown) =>
    refuseDropped(files, error),
  );
  const { continues } = report;
  const previous = continues === null ? null : await previousLog(continues, request, io);
  if (state !== null) await writeStateFile(state, writeState(report.checkpoint, report.note));
  return [
    ...logWords(report, earlier.length, await namedWitnesses(files)),
    ...(continues === null ? [] : continuedWords(continues, previous)),
  ];
}

/** What the log says of its witnesses, if it describes itself at all: nothing that was verified hangs on it. */
async function namedWitnesses(files: LogFiles): Promise<NamedWitness[]> {
  try {
    return (await readDescription(files)).witnesses;
  } catch (error) {
    if (error instanceof VerifyError) return [];
    throw error;
  }
}

/** The log that was continued, as far as the request names it; null when it does not. */
async function previousLog(
  continues: Continued,
  request: Request,
  io: VerifyIo,
): Promise<{ left: number | null } | null> {
  if (request.previousKey === null) return null;
  const trust = await parseTrust(request.previousKey, [], primitives);
  const files = request.previous === null ? null : await openLog(request.previous, request, io);
  return { left: await verifyContinued(continues, { trust, files }, primitives) };
}

async function receipt(request: Request, io: VerifyIo): Promise<string[]> {
  const files = request.log === null ? null : await openLog(request.log, request, io);
  const trust = await trustOf(request, files, io);
  const verified = await verifyReceipt(await readInput(request.target), trust, primitives);
  const lines = receiptWords(verified);
  if (files === null) return lines;
  const logTrust = { log: trust.log, witnesses: [] };
  const newest = await verifyCheckpoint(await readCheckpoint(files), logTrust, primitives);
  await verifyExtension(files, verified.checkpoint, newest, primitives).catch((error: unknown) =>
    refuseDropped(files, error),
  );
  const seen = `The log itself, now at ${newest.size.toLocaleString("en-US")} entries, still holds what the receipt shows.`;
  return [...lines, "", `  ${seen}`];
}

/** A checkpoint from elsewhere: one by itself, or the one inside a receipt. */
async function heldCheckpoint(file: string, { log }: Trust): Promise<Checkpoint> {
  const bytes = await readInput(file);
  const isReceipt =
    Buffer.from(bytes).subarray(0, 20).toString("latin1") === "c2sp.org/tlog-proof@";
  const note = isReceipt ? parseProof(bytes).checkpoint : bytes;
  return verifyCheckpoint(note, { log, witnesses: [] }, primitives);
}

async function trustOf(request: Request, files: LogFiles | null, io: VerifyIo): Promise<Trust> {
  let { key } = request;
  if (key === null && files !== null) {
    key = (await readDescription(files)).verifierKey;
    io.err(`Using the key that the log itself serves: ${key}`);
    io.err("This shows that the log agrees with itself, not whose it is.");
  }
  return parseTrust(key ?? "", request.witnesses, primitives);
}

async function openLog(target: string, request: Request, io: VerifyIo): Promise<LogFiles> {
  if (!/^https?:\/\//i.test(target)) {
    const found = await stat(target).catch(() => null);
    if (found?.isDirectory() !== true)
      throw new VerifyError("unreachable", `${target} is neither an address nor a folder`);
    return folderFiles(target);
  }
  if (!URL.canParse(target)) throw new UsageError("the log's address is not a URL");
  const { accessKeyFile } = request;
  const accessKey =
    accessKeyFile === null
      ? undefined
      : Buffer.from(await readInput(accessKeyFile))
          .toString()
          .trim();
  const options = { fetch: io.fetch, accessKey, wait: (ms: number) => wait(ms) };
  return httpFiles(target.replace(/\/+$/, ""), options);
}

async function readInput(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new VerifyError("unreachable", `${file} cannot be read`, { cause: error });
  }
}
