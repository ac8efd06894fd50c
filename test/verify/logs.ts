/** Logs of the reference implementation, verified in memory. */
import { parseTrust, verifyCheckpoint, type Checkpoint } from "../../gateway/verify/checkpoint.ts";
import { verifyLog, type LogReport } from "../../gateway/verify/log.ts";
import { nodePrimitives } from "../../gateway/verify/node.ts";
import { memoryFiles, type Files } from "./reference/log.ts";
import { log } from "./reference/receipt.ts";

export const trust = await parseTrust(log.verifierKey, [], nodePrimitives);

export function verify(files: Files, earlier: Checkpoint[] = []): Promise<LogReport> {
  return verifyLog(memoryFiles(files), trust, earlier, nodePrimitives);
}

export function checkpointOf(files: Files): Promise<Checkpoint> {
  return verifyCheckpoint(files.get("checkpoint")!, trust, nodePrimitives);
}

/** A copy with one file replaced, or removed when `bytes` is null. */
export function withFile(files: Files, path: string, bytes: Uint8Array | string | null): Files {
  const changed = new Map(files);
  if (bytes === null) changed.delete(path);
  else changed.set(path, Buffer.from(bytes));
  return changed;
}

/** A copy with one bit of one file flipped. */
export function withFlippedBit(files: Files, path: string, bit: number): Files {
  const bytes = Buffer.from(files.get(path)!);
  bytes[Math.floor(bit / 8)]! ^= 1 << (bit % 8);
  return withFile(files, path, bytes);
}
