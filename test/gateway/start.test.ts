/** The server as a process: what it prints, what it keeps, how it ends. */
import { spawn, type ChildProcess } from "node:child_process";
import { statSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clinicOrigin, grant } from "./decisions.ts";

const root = join(import.meta.dirname, "../..");
let folder: string;
const running: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "soglas-start-"));
});
afterEach(async () => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

interface Started {
  child: ChildProcess;
  url: string;
  /** Standard output and error so far. */
  printed(): string;
  ended: Promise<number | null>;
}

/** Resolves when it serves, or has ended. */
async function start(env: Record<string, string> = {}): Promise<Started> {
  const port = await freePort();
  const child = spawn(process.execPath, [join(root, "gateway/main.ts")], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: {
      PATH: process.env["PATH"],
      PORT: String(port),
      SOGLAS_DATA: join(folder, "data"),
      SOGLAS_HIGHWATER: join(folder, "marks"),
      SOGLAS_SITES: join(root, "demo/sites"),
      ...env,
    },
  });
  running.push(child);
  let text = "";
  for (const stream of [child.stdout!, child.stderr!])
    stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  await Promise.race([new Promise((resolve) => child.once("message", resolve)), ended]);
  return { child, url: `http://localhost:${port}`, printed: () => text, ended };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const tagOf = async (url: string) => (await fetch(`${url}/s/clinic.js`)).text();
const configOf = (tag: string) => /"config":"([\w-]{43})"/.exec(tag)![1]!;
const send = (url: string, body: unknown) =>
  fetch(`${url}/v1/sites/clinic/consents`, {
    method: "POST",
    headers: { Origin: clinicOrigin, "Content-Type": "text/plain" },
    body: JSON.stringify(body),
  });

describe("a start", () => {
  it("prints addresses, the tag and, the first time only, an access key that signs in", async () => {
    const first = await start();
    expect(first.printed()).toContain(`${first.url}/console`);
    expect(first.printed()).toContain(`<script async src="${first.url}/s/clinic.js"></script>`);
    const key = /soglas_[0-9a-f]{16}_[\w-]{43}/.exec(first.printed())![0];
    const session = await fetch(`${first.url}/v1/staff/session`, {
      headers: { Authorization: `Bearer ${key}` },
    });
    expect(await session.json()).toMatchObject({ role: "owner", sites: null });
    const files = await readdir(join(folder, "data"));
    const modes = files.map((name) => statSync(join(folder, "data", name)).mode & 0o077);
    expect(new Set(modes)).toEqual(new Set([0]));
    first.child.kill("SIGTERM");
    expect(await first.ended).toBe(0);

    const second = await start();
    expect(second.printed()).toContain("/s/clinic.js");
    expect(second.printed()).not.toMatch(/soglas_[0-9a-f]{16}_/);
    expect(configOf(await tagOf(second.url))).toMatch(/^[\w-]{43}$/);
  });

  it("after a kill has everything that was acknowledged", async () => {
    const first = await start();
    const config = configOf(await tagOf(first.url));
    const bodies = Array.from({ length: 40 }, () => grant(config));
    const sent = bodies.map((body) => send(first.url, body));
    // Those under way at the kill fail, which is what is wanted of them.
    const over = Promise.allSettled(sent);
    const before = await Promise.all(
      sent.slice(0, 20).map(async (answer) => (await answer).json()),
    );
    first.child.kill("SIGKILL");
    await first.ended;
    await over;

    const second = await start();
    expect(configOf(await tagOf(second.url))).toBe(config);
    for (const [place, body] of bodies.slice(0, 20).entries()) {
      const again = (await (await send(second.url, body)).json()) as { record: unknown };
      expect(again.record).toEqual((before[place] as { record: unknown }).record);
    }
  });
});

describe("a start that cannot be ends with one clear line and exit code 1", () => {
  const oneLine = (text: string) => text.trim().split("\n");

  it("when the port is taken", async () => {
    const first = await start();
    const { port } = new URL(first.url);
    const second = await start({ PORT: port, SOGLAS_DATA: join(folder, "other") });
    expect(await second.ended).toBe(1);
    expect(oneLine(second.printed())).toEqual([
      `soglas: port ${port} is taken; stop what uses it or set PORT to another one`,
    ]);
  });

  it("when another server has the data folder", async () => {
    await start();
    const second = await start();
    expect(await second.ended).toBe(1);
    expect(oneLine(second.printed())).toEqual([expect.stringMatching(/^soglas: Another gateway/)]);
  });

  it.each([
    ["a file", "file", /is not a folder/],
    ["below a folder that is not there", "a/b", /does not exist/],
  ])("when the data folder is %s", async (_name, path, words) => {
    await writeFile(join(folder, "file"), "");
    const { ended, printed } = await start({ SOGLAS_DATA: join(folder, path) });
    expect(await ended).toBe(1);
    expect(oneLine(printed())).toEqual([expect.stringMatching(words)]);
  });

  it("when a variable or a site directory is wrong", async () => {
    const wrong = await start({ PORT: "http" });
    expect(await wrong.ended).toBe(1);
    expect(oneLine(wrong.printed())).toEqual([expect.stringContaining("PORT must be")]);
    const nowhere = await start({ SOGLAS_SITES: join(folder, "nowhere") });
    expect(await nowhere.ended).toBe(1);
    expect(oneLine(nowhere.printed())).toEqual([expect.stringContaining("set SOGLAS_SITES")]);
    const sites = await start({ SOGLAS_SITES: join(root, "test/sites/fixtures") });
    expect(await sites.ended).toBe(1);
    expect(sites.printed()).toMatch(/^soglas: the site directory has \d+ problem/);
  });
});

describe("a visitor's address", () => {
  it("counts against a budget, and a forwarded one only where the proxy is trusted", async () => {
    const from = (url: string, address: string) =>
      fetch(`${url}/v1/sites/clinic/token`, {
        method: "POST",
        headers: { Origin: clinicOrigin, "X-Forwarded-For": address },
        body: "{}",
      });
    const plain = await start({ SOGLAS_ADDRESS_BUDGET: "2" });
    const behind = await start({
      SOGLAS_ADDRESS_BUDGET: "2",
      SOGLAS_TRUSTED_PROXIES: "127.0.0.0/8",
      SOGLAS_DATA: join(folder, "behind"),
    });
    const statuses = { plain: [] as number[], behind: [] as number[] };
    for (const address of ["203.0.113.1", "203.0.113.2", "203.0.113.3"]) {
      statuses.plain.push((await from(plain.url, address)).status);
      statuses.behind.push((await from(behind.url, address)).status);
    }
    expect(statuses).toEqual({ plain: [400, 400, 429], behind: [400, 400, 400] });
    expect(plain.printed() + behind.printed()).not.toContain("203.0.113");
  });
});

describe("an orderly end", () => {
  it("answers the requests that are running", async () => {
    const { child, url, ended } = await start();
    const config = configOf(await tagOf(url));
    const answers = Array.from({ length: 30 }, () => send(url, grant(config)));
    await answers[0];
    child.kill("SIGTERM");
    const statuses = (await Promise.allSettled(answers)).map((answer) =>
      answer.status === "fulfilled" ? answer.value.status : "refused",
    );
    expect(await ended).toBe(0);
    expect(statuses.filter((status) => status !== "refused" && status !== 201)).toEqual([]);
  });
});
