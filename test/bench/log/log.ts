/**
 * `npm run bench -- log`: the consent log under load, on SQLite with synchronous=FULL, the gateway a process
 * of its own. Recording full consents (validation, leaf, seal, commit) is compared with a bare Hono echo of
 * the same bodies in the same run (../echo.ts); the two alternate, so that the machine's moods meet both.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEcho, startGateway } from "../processes.ts";
import { bytesPerRecord } from "./disk.ts";
import { connections, openRecording, perRound, rounds, type Recording } from "./recording.ts";
import { receiptsPerSecond } from "./receipts.ts";
import { timeToIntegrate } from "./integration.ts";
import { secondsToVerify } from "./verification.ts";

export async function benchLog(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "soglas-bench-"));
  const gateway = await startGateway(folder);
  const echo = await startEcho();
  try {
    const recording = await openRecording(gateway.url, echo.url);
    await recording.warmUp();
    const end = new AbortController();
    const integration = timeToIntegrate(recording, end.signal);
    await printRounds(recording);
    end.abort();
    print(`resident memory under load: ${(await gateway.memory()).toFixed(0)} MB`);
    const { p50, longest, records } = await integration;
    print(`signed and integrated after the answer, under load, ${records} records:`);
    print(`  p50 ${p50.toFixed(0)} ms, longest ${longest.toFixed(0)} ms`);
    const receipts = await receiptsPerSecond(gateway.url, recording.recent());
    print(`receipts of recent records, over ${connections} connections: ${receipts.toFixed(0)}/s`);
    await gateway.stop();
    const { own, search } = bytesPerRecord(folder);
    print(`bytes per record on disk: ${own.toFixed(0)}, with the officer's search indexes:`);
    print(`  ${(own + search).toFixed(0)}`);
  } finally {
    gateway.child.kill("SIGKILL");
    echo.child.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  }
  const { entries, seconds } = await secondsToVerify();
  print(`soglas verify log, ${entries} entries from a folder: ${seconds.toFixed(1)} s`);
}

async function printRounds(recording: Recording): Promise<void> {
  print(`recording full consents, ${connections} connections, ${rounds} rounds of ${perRound}`);
  print("round   consents/s   p50 ms   p99 ms   echo/s   ratio");
  for (let round = 1; round <= rounds; round += 1) {
    const echoes = await recording.echoes();
    const consents = await recording.consents();
    const cells = [
      [String(round), 5],
      [consents.perSecond.toFixed(0), 12],
      [consents.p50.toFixed(1), 8],
      [consents.p99.toFixed(1), 8],
      [echoes.perSecond.toFixed(0), 8],
      [(consents.perSecond / echoes.perSecond).toFixed(2), 7],
    ] as const;
    print(cells.map(([text, width]) => text.padStart(width)).join(" "));
  }
}

function print(line: string): void {
  console.log(line);
}
