/**
 * Kills gateways that take events in and forward them to a vendor on its worst day, and looks at what
 * became of every event that was acknowledged.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { webhookProblems } from "../../demo/stand-ins/webhook.ts";
import { neutralEvent } from "../../gateway/events/intake/neutral.ts";
import { openInstallation, siteConfig, webhookSecret, type Installation } from "./installation.ts";
import { killable, type Told, type Work } from "./killable.ts";
import { openVendor, parametersOf, type Received } from "./vendor-server.ts";

/** How a vendor met a request. */
type Met = "taken" | "500" | "429" | "hang" | "reset" | "garbage";
const troubles: Met[] = ["500", "429", "hang", "reset", "garbage"];
/** The vendor may have counted it. */
const counted: ReadonlySet<Met> = new Set(["taken", "hang", "reset", "garbage"]);

interface Arrival {
  service: string;
  page: string;
  /** Of a webhook. */
  id: string | undefined;
  met: Met;
}

/** @param rounds how many acknowledged events each round waits for before the gateway is killed */
export async function killUnderLoad(rounds: number[]): Promise<{ accepted: number; dead: number }> {
  const folder = await mkdtemp(join(tmpdir(), "soglas-killed-"));
  const vendor = await openVendor();
  const arrivals: Arrival[] = [];
  let trouble = 0.1;
  vendor.answerWith((response, request) => {
    const met =
      Math.random() < trouble ? troubles[Math.floor(Math.random() * troubles.length)]! : "taken";
    arrivals.push({ ...read(request), met });
    if (met === "taken") response.writeHead(204).end();
    else if (met === "500") response.writeHead(500).end();
    else if (met === "429") response.writeHead(429, { "retry-after": "0" }).end();
    else if (met === "reset") response.socket?.destroy();
    else if (met === "garbage") response.socket?.end("HTTP/1.1 banana\r\n\r\n");
  });
  const accepted = new Set<string>();
  try {
    for (const [round, wanted] of rounds.entries())
      await kill({ folder, vendor: vendor.address, round }, wanted, accepted);
    trouble = 0;
    // Two minutes on, what the killed gateways held is nobody's any more.
    let ahead = 120_000;
    const now = () => Date.now() + ahead;
    const installation = await openInstallation({ vendor: vendor.address, folder, now });
    installation.configs.push(siteConfig({ services: killable }, "killable"));
    while ((await queued(installation)) > 0) {
      while ((await installation.forwarder.runOnce()) > 0);
      ahead += 60_000;
    }
    const dead = await expectNoneLost(installation, accepted, arrivals);
    await installation.close();
    return { accepted: accepted.size, dead };
  } finally {
    await vendor.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function kill(work: Work, wanted: number, accepted: Set<string>): Promise<void> {
  const child = fork(join(import.meta.dirname, "writer.ts"), [JSON.stringify(work)], {
    execArgv: [],
  });
  const until = accepted.size + wanted;
  child.on("message", ({ page }: Told) => {
    accepted.add(page);
    if (accepted.size >= until) child.kill("SIGKILL");
  });
  const [, signal] = await once(child, "exit");
  expect(signal).toBe("SIGKILL");
}

/** Delivered, or dead with a reason; once or more exactly as each vendor's file says. @returns how many died */
async function expectNoneLost(
  installation: Installation,
  accepted: Set<string>,
  arrivals: Arrival[],
): Promise<number> {
  const died = new Map(
    (await installation.outbox()).map(({ service, payload, state, reason }) => {
      expect(state).toBe("dead");
      const { pathname } = new URL(neutralEvent.parse(JSON.parse(payload)).page);
      return [`${service} ${pathname}`, reason];
    }),
  );
  const reached = Map.groupBy(arrivals, ({ service, page }) => `${service} ${page}`);
  for (const page of accepted)
    for (const { id } of killable) {
      const key = `${id} ${page}`;
      const met = (reached.get(key) ?? []).map((arrival) => arrival.met);
      const took = met.includes("taken");
      // Nothing is lost; a death without an answer may hide that the vendor took it.
      expect(took || died.has(key), key).toBe(true);
      if (id === "hook-clean") {
        expect(took, key).toBe(true);
        expect(died.has(key), key).toBe(false);
      } else {
        expect(met.filter((each) => counted.has(each)).length, key).toBeLessThanOrEqual(1);
        if (took && died.has(key)) expect(died.get(key), key).toBe("unknown_outcome");
      }
      // Google: whatever it answered, the same is not sent again.
      if (id === "ga4-clean") expect(met.length, key).toBeLessThanOrEqual(1);
    }
  expectOneIdPerEvent(arrivals);
  expect(await installation.counts("metrika-clean")).not.toHaveProperty("dropped_at_exit");
  return died.size;
}

/** By which a receiver takes each event once. */
function expectOneIdPerEvent(arrivals: Arrival[]): void {
  const hooks = arrivals.filter(({ service }) => service === "hook-clean");
  const ids = Map.groupBy(hooks, ({ id }) => id);
  for (const same of ids.values()) expect(new Set(same.map(({ page }) => page)).size).toBe(1);
  expect(ids.size).toBe(new Set(hooks.map(({ page }) => page)).size);
}

function read(request: Received): Omit<Arrival, "met"> {
  if (request.path === "/hook") {
    const headers = headersOf(request.rawHeaders);
    const now = Number(headers["webhook-timestamp"]) * 1000;
    expect(webhookProblems(headers, request.body, webhookSecret, now)).toEqual([]);
    const { data } = JSON.parse(request.body) as { data: { page: string } };
    return { service: "hook-clean", page: pathOf(data.page), id: headers["webhook-id"] };
  }
  const service = request.path === "/collect" ? "metrika-clean" : "ga4-clean";
  return { service, page: pathOf(parametersOf(request)["dl"]!), id: undefined };
}

const pathOf = (address: string) => new URL(address).pathname;

const headersOf = (raw: string[]) =>
  Object.fromEntries(
    raw.flatMap((name, at) => (at % 2 === 0 ? [[name.toLowerCase(), raw[at + 1]!]] : [])),
  ) as Record<string, string>;

const queued = async (installation: Installation) =>
  (await installation.outbox()).filter(({ state }) => state === "queued").length;
