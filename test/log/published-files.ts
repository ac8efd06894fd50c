/** What a gateway publishes, read and judged by the verifier that shares nothing with it. */
import type { NamedLog } from "../../gateway/log/named-logs.ts";
import { openPublished, type Published } from "../../gateway/log/published.ts";
import { verifierKey } from "../../gateway/log/tree/note.ts";
import { parseTilePath } from "../../gateway/log/tree/tile-path.ts";
import type { Storage } from "../../gateway/storage/storage.ts";
import {
  parseTrust,
  verifyCheckpoint,
  type Checkpoint,
  type Trust,
} from "../../gateway/verify/checkpoint.ts";
import type { LogFiles } from "../../gateway/verify/log-files.ts";
import { verifyLog, type LogReport } from "../../gateway/verify/log.ts";
import { nodePrimitives } from "../../gateway/verify/node.ts";

export interface Watched {
  log: NamedLog;
  trust: Trust;
  /** Verifies everything that is published now against every checkpoint ever signed. */
  verify(earlier?: Checkpoint[]): Promise<LogReport>;
  /** Every checkpoint ever signed, verified. */
  checkpoints(): Promise<Checkpoint[]>;
}

function filesOf(published: Published, log: NamedLog): LogFiles {
  return {
    async read(path) {
      if (path === "checkpoint") {
        const checkpoint = await published.newest(log);
        return checkpoint && Uint8Array.from(Buffer.from(checkpoint.note));
      }
      const address = parseTilePath(path.replace(/^tile\//, ""));
      const bytes = address && (await published.tile(log, address));
      return bytes && Uint8Array.from(bytes);
    },
  };
}

/** The clinic's log of a year, through a view of its own unless one is given. */
export async function watch(storage: Storage, year = 2026, shared?: Published): Promise<Watched> {
  const published = shared ?? openPublished({ storage, clock: { now: () => Date.now() } });
  const log = await published.find("clinic", year);
  if (!log) throw new Error("the log has no tree");
  const trust = await parseTrust(verifierKey(log.signer), [], nodePrimitives);
  const checkpoints = async () => {
    const all: Checkpoint[] = [];
    for (let page = await published.history(log, 0, 1000); page.length > 0;) {
      for (const { note } of page)
        all.push(await verifyCheckpoint(Buffer.from(note), trust, nodePrimitives));
      page = await published.history(log, page.at(-1)!.size, 1000);
    }
    return all;
  };
  return {
    log,
    trust,
    checkpoints,
    verify: async (earlier = []) =>
      verifyLog(
        filesOf(published, log),
        trust,
        [...(await checkpoints()), ...earlier],
        nodePrimitives,
      ),
  };
}
