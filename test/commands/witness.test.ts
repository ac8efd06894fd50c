/** `soglas witness` as a process: over a socket, killed, ended, and told of logs while it runs. */
import { fork, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { readCosignature } from "../verify/reference/cosignature.ts";
import { signer } from "../verify/reference/note.ts";
import { growth, leaves, noteAt, request, textAt } from "../witness/logs.ts";

const cli = join(import.meta.dirname, "../../gateway/cli.ts");
const log = signer("example.com/soglas/2026", 1, "log");
const honest = leaves("honest");

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "soglas-witness-"));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

interface Running {
  child: ChildProcess;
  verifierKey: string;
  post(body: string): Promise<[status: number, body: string]>;
  /** Resolves when a line with this in it was written. */
  says(words: string): Promise<void>;
}

async function start(...words: string[]): Promise<Running> {
  const child = spawn(process.execPath, [cli, "witness", "--port", "0", ...words], {
    env: {
      PATH: process.env["PATH"],
      NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
    },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let said = "";
  const says = async (wanted: string) => {
    while (!said.includes(wanted)) {
      const ended = child.exitCode !== null;
      if (ended) throw new Error(`it ended: ${said}`);
      await Promise.race([
        once(child.stdout, "data"),
        once(child.stderr, "data"),
        once(child, "exit"),
      ]);
    }
  };
  for (const output of [child.stdout, child.stderr])
    output.on("data", (chunk: Buffer) => (said += chunk.toString()));
  await says("Verifier key");
  const port = /port (\d+)/.exec(said)![1]!;
  return {
    child,
    verifierKey: /Verifier key +(\S+)/.exec(said)![1]!,
    says,
    async post(body) {
      const address = `http://127.0.0.1:${port}/add-checkpoint`;
      const answer = await fetch(address, { method: "POST", body });
      return [answer.status, await answer.text()];
    },
  };
}

it("cosigns over a socket, hears of another log by a signal, and ends in order", async () => {
  const data = await folder();
  const witness = await start("--data", data, "--name", "w.example/1");
  await witness.says("It knows no log yet");
  expect((await witness.post(growth(log, honest, 0, 5)))[0]).toBe(404);
  await writeFile(join(data, "logs"), `${log.verifierKey}\n`);
  witness.child.kill("SIGHUP");
  await witness.says("was read again");
  const [status, lines] = await witness.post(growth(log, honest, 0, 5));
  expect(status).toBe(200);
  expect(readCosignature(lines, witness.verifierKey, textAt(log, honest, 5))).not.toBeNull();
  witness.child.kill("SIGTERM");
  expect(await once(witness.child, "exit")).toEqual([0, null]);
});

it("killed between cosigning and answering, it remembers what it cosigned", async () => {
  const data = await folder();
  const words = ["--data", data, "--log", log.verifierKey];
  const first = await start(...words, "--name", "w.example/1");
  expect((await first.post(growth(log, honest, 0, 5)))[0]).toBe(200);
  first.child.kill("SIGKILL");
  await once(first.child, "exit");

  const dying = fork(join(import.meta.dirname, "../witness/dying.ts"), [
    data,
    log.verifierKey,
    growth(log, honest, 5, 9),
  ]);
  dying.once("message", (answer) => expect.unreachable(`it answered ${JSON.stringify(answer)}`));
  expect(await once(dying, "exit")).toEqual([null, "SIGKILL"]);

  const second = await start(...words);
  expect(second.verifierKey).toBe(first.verifierKey);
  // Neither the same step again nor another branch: what may have been seen stands.
  expect(await second.post(growth(log, honest, 5, 9))).toEqual([409, "9\n"]);
  expect(await second.post(growth(log, leaves("forked"), 5, 8))).toEqual([409, "9\n"]);
  expect((await second.post(request(9, [], noteAt(log, honest, 9))))[0]).toBe(200);
});

it("killed under load, it never forgets what it answered", async () => {
  const data = await folder();
  const words = ["--data", data, "--name", "w.example/1", "--log", log.verifierKey];
  const witness = await start(...words);
  let size = 0;
  for (; size < 40; size++)
    expect((await witness.post(growth(log, honest, size, size + 1)))[0]).toBe(200);
  // One more is on its way when the signal comes: it may count or not.
  const last = witness.post(growth(log, honest, size, size + 1)).catch(() => null);
  witness.child.kill("SIGKILL");
  await Promise.all([once(witness.child, "exit"), last]);
  const again = await start(...words);
  const [status, seen] = await again.post(growth(log, honest, 0, 300));
  expect(status).toBe(409);
  expect([size, size + 1]).toContain(Number(seen));
});

it("says in one line what is wrong with how it was called", async () => {
  const data = await folder();
  for (const [words, wanted] of [
    [["--data", data], "soglas: a new witness needs a name"],
    [["--data", data, "--name", "w.example/1", "--host", "192.0.2.1"], "choose others with --host"],
  ] as const)
    await expect(start(...words), wanted).rejects.toThrow(wanted);
});
