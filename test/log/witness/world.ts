/** Gateways whose logs are witnessed over real sockets, on either engine. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { expect, onTestFinished } from "vitest";
import type { WitnessSettings } from "../../../gateway/contract/witnesses.ts";
import { createBacklog } from "../../../gateway/log/backlog.ts";
import { createIntegrator } from "../../../gateway/log/integrator.ts";
import { openLog } from "../../../gateway/log/open.ts";
import { openPublished } from "../../../gateway/log/published.ts";
import { openReader } from "../../../gateway/log/reader.ts";
import { openReceipts } from "../../../gateway/log/receipts.ts";
import { verifierKey } from "../../../gateway/log/tree/note.ts";
import { openWitnessing } from "../../../gateway/log/witness/open.ts";
import { jsonLogger } from "../../../gateway/logger.ts";
import { openStorage, type StorageOptions } from "../../../gateway/storage/open.ts";
import { openWitness } from "../../../gateway/witness/open.ts";
import { decision, testClock, type TestClock } from "../installation.ts";
import { secret } from "../load.ts";

export interface TestWitness {
  /** As the gateway is configured with it. */
  settings: WitnessSettings;
  clock: TestClock;
  /** Sizes asked for and what was answered, in order. */
  answered: { old: number; size: number; status: number }[];
  /** What is answered in the witness's place, while it is set. */
  instead: ((request: Request) => Response | Promise<Response>) | null;
  /** Tells it which logs to witness. */
  learn(...keys: string[]): Promise<void>;
}

export async function startWitness(
  name: string,
  change: Partial<WitnessSettings> = {},
): Promise<TestWitness> {
  const folder = await mkdtemp(join(tmpdir(), "soglas-witness-"));
  const clock = testClock();
  const opened = await openWitness({
    folder,
    name,
    logs: [],
    clock,
    onContradiction: () => {},
    onFailure: (error) => expect.unreachable(String(error)),
  });
  const witness: TestWitness = {
    settings: {
      url: "",
      key: opened.verifierKey,
      operator: `Operator of ${name}`,
      relation: "independent",
      ...change,
    },
    clock,
    answered: [],
    instead: null,
    async learn(...keys) {
      await writeFile(join(folder, "logs"), keys.join("\n"));
      await opened.reload();
    },
  };
  const server = serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const body = await request.clone().text();
      const answer = await (witness.instead ?? opened.fetch)(request);
      const [, old] = /^old (\d+)\n/.exec(body)!;
      const [, size] = /\n\n[^\n]+\n(\d+)\n/.exec(body)!;
      witness.answered.push({ old: Number(old), size: Number(size), status: answer.status });
      return answer;
    },
  });
  await new Promise((done) => server.once("listening", done));
  witness.settings.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  onTestFinished(async () => {
    (server as Server).closeAllConnections();
    await new Promise((done) => server.close(done));
    opened.close();
    await rm(folder, { recursive: true });
  });
  return witness;
}

/** One gateway; closed when the test ends, or before. */
export async function witnessedGateway(options: StorageOptions, witnesses: TestWitness[]) {
  const storage = await openStorage(options);
  const clock = testClock();
  const said: string[] = [];
  const logger = jsonLogger("info", (line) => said.push(line));
  const deps = { storage, secret, clock, logger, backlog: createBacklog() };
  const log = openLog(deps);
  const witnessing = openWitnessing({
    ...deps,
    published: openPublished({ storage, clock }),
    witnesses: witnesses.map(({ settings }) => settings),
    fetch,
  });
  const { published } = witnessing;
  const integrator = createIntegrator({
    ...deps,
    guard: witnessing.guarded(null),
    publish: published.publish,
  });
  const receipts = openReceipts({ storage, records: openReader(deps), published });
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    await log.close();
    await Promise.all([integrator.stop(), witnessing.stop()]);
    await storage.close();
  };
  onTestFinished(close);
  const named = async () => (await published.find("clinic", 2026))!;
  return {
    storage,
    clock,
    log,
    witnessing,
    published,
    integrator,
    said,
    close,
    named,
    /** The log's own key, as anybody may know it. */
    key: async () => verifierKey((await named()).signer),
    /** Appends records and signs them. @returns the record's id of the last. */
    async grow(count: number): Promise<string> {
      const appended = await Promise.all(
        Array.from({ length: count }, () => log.append(decision())),
      );
      await integrator.integrate();
      return appended.at(-1)!.recordId;
    },
    /** Moves the gateway's clock and the witnesses' on, seconds, and submits what is due. */
    async submit(seconds: number): Promise<void> {
      clock.time += seconds * 1000;
      for (const witness of witnesses) witness.clock.time = clock.time;
      await witnessing.run();
    },
    /** The receipt as anybody gets it. */
    async receipt(recordId: string): Promise<string> {
      const answer = await receipts.receipt("clinic", recordId, { kind: "anybody" });
      return answer.status === "ready" ? answer.text : expect.unreachable(answer.status);
    },
  };
}

export type WitnessedGateway = Awaited<ReturnType<typeof witnessedGateway>>;

/** Text and signature lines of a note. */
export function partsOf(note: string): { text: string; lines: string[] } {
  const split = note.lastIndexOf("\n\n");
  return {
    text: note.slice(0, split + 1),
    lines: note
      .slice(split + 2, -1)
      .split("\n")
      .map((line) => `${line}\n`),
  };
}
