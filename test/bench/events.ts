/**
 * `npm run bench -- events`: taking events in at 64 connections against a bare Hono echo of the same
 * bodies in the same run, and forwarding a backlog of 1,000,000 to a local vendor while more come in. Where
 * others use the machine too, processor time per event says more than the clock.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { clinicOrigin, grant } from "../gateway/decisions.ts";
import { fillBacklog } from "./backlog.ts";
import { run, type Measured } from "./load.ts";
import { startEcho, startGateway, startVendor, type Served } from "./processes.ts";

const connections = 64;
const visitors = 2000;
const rounds = 3;
const requests = 4000;
const queued = 1_000_000;
/** Seconds that the forwarding is watched. */
const watched = 15;
const headers = { Origin: clinicOrigin, "Content-Type": "text/plain" };

export async function benchEvents(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "soglas-bench-"));
  try {
    const alone = await takeIn(folder);
    const start = performance.now();
    fillBacklog(folder, queued);
    console.log(
      `\n${queued} events queued in ${((performance.now() - start) / 1000).toFixed(0)} s`,
    );
    await drain(folder, alone);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What draining is compared with. */
interface Alone {
  /** Tokens of visitors. */
  tokens: string[];
  /** Single events taken in, in the last round. */
  perSecond: number;
  /** Resident memory, MB. */
  memory: number;
}

/** The vendor asks for a long pause, so that what is taken in stays. */
async function takeIn(folder: string): Promise<Alone> {
  const [vendor, echo] = [await startVendor(true), await startEcho()];
  const gateway = await startGateway(folder, vendorsAt(vendor));
  try {
    const tokens = await visit(gateway);
    // One event of each visitor is what the backlog is made of.
    await send(
      gateway,
      tokens.map((token) => body(token, 1)),
    );
    console.log(`taking in, ${connections} connections, rounds of ${requests} requests`);
    console.log(
      "events per request   events/s   p50 ms   p99 ms   echo/s   ratio   µs of CPU per event",
    );
    let perSecond = 0;
    for (const each of [1, 20])
      for (let round = 0; round < rounds; round += 1) {
        const bodies = Array.from({ length: requests }, (_, at) =>
          body(tokens[at % visitors]!, each),
        );
        const echoed = await mirror(echo, bodies);
        const before = await gateway.processorTime();
        const taken = await send(gateway, bodies);
        const used = (await gateway.processorTime()) - before;
        report(each, taken, echoed, used);
        if (each === 1) perSecond = taken.perSecond;
      }
    const memory = await gateway.memory();
    console.log(`resident memory under load: ${memory.toFixed(0)} MB`);
    await gateway.stop();
    return { tokens, perSecond, memory };
  } finally {
    for (const { child } of [gateway, echo, vendor]) child.kill("SIGKILL");
  }
}

function report(each: number, taken: Measured, echoed: Measured, used: number): void {
  console.log(
    [
      String(each).padStart(18),
      (taken.perSecond * each).toFixed(0).padStart(10),
      taken.p50.toFixed(1).padStart(8),
      taken.p99.toFixed(1).padStart(8),
      echoed.perSecond.toFixed(0).padStart(8),
      (taken.perSecond / echoed.perSecond).toFixed(2).padStart(7),
      ((used / (requests * each)) * 1e6).toFixed(0).padStart(21),
    ].join(" "),
  );
}

async function drain(folder: string, { tokens, ...alone }: Alone): Promise<void> {
  const vendor = await startVendor(false);
  const gateway = await startGateway(folder, vendorsAt(vendor));
  try {
    await delay(2000);
    const [sentBefore, usedBefore] = [await sentTo(vendor), await gateway.processorTime()];
    await delay(watched * 1000);
    const sent = (await sentTo(vendor)) - sentBefore;
    const used = (await gateway.processorTime()) - usedBefore;
    console.log(
      `forwarding: ${(sent / watched).toFixed(0)} requests/s, ${((used / sent) * 1e6).toFixed(0)} µs of CPU each`,
    );
    const memory = await gateway.memory();
    console.log(
      `resident memory, ${queued} queued: ${memory.toFixed(0)} MB, ${(memory - alone.memory).toFixed(0)} MB more than without`,
    );
    const bodies = Array.from({ length: requests }, (_, at) => body(tokens[at % visitors]!, 1));
    const taken = await send(gateway, bodies);
    console.log(
      `taking in meanwhile: ${taken.perSecond.toFixed(0)} events/s, ${(taken.perSecond / alone.perSecond).toFixed(2)} of what it was alone, p99 ${taken.p99.toFixed(1)} ms`,
    );
    await gateway.stop();
  } finally {
    for (const { child } of [gateway, vendor]) child.kill("SIGKILL");
  }
}

async function visit(gateway: Served): Promise<string[]> {
  const tag = await (await fetch(`${gateway.url}/s/clinic.js`)).text();
  const config = /"config":"([\w-]{43})"/.exec(tag)![1]!;
  const tokens: string[] = [];
  const one = async () => {
    const answer = await fetch(`${gateway.url}/v1/sites/clinic/consents`, {
      method: "POST",
      headers,
      body: JSON.stringify(grant(config)),
    });
    const { token } = (await answer.json()) as { token: string };
    tokens.push(token);
  };
  while (tokens.length < visitors) await Promise.all(Array.from({ length: 50 }, one));
  return tokens;
}

/** Page views and goals on pages where the clinic's gateway service is active. */
const body = (token: string, events: number) =>
  JSON.stringify({
    v: 1,
    token,
    language: "ru",
    width: 1280,
    events: Array.from({ length: events }, (_, at) => ({
      name: at % 2 ? "booking_sent" : "page_view",
      age: at,
      url: `${clinicOrigin}/services/therapy`,
      referrer: `${clinicOrigin}/`,
      title: "Services",
      params: { value: 10.5, method: "form" },
    })),
  });

const send = ({ url }: Served, bodies: string[]) =>
  run({ url, path: "/v1/sites/clinic/events", headers, connections, bodies, expected: 200 });

const mirror = ({ url }: Served, bodies: string[]) =>
  run({ url, path: "/echo", headers, connections, bodies, expected: 201 });

const sentTo = async (vendor: Served) =>
  Number(await (await fetch(`${vendor.url}/requests`)).text());

const vendorsAt = ({ url }: Served) => ({
  SOGLAS_VENDORS: JSON.stringify({ metrika: { collect: `${url}/collect` } }),
});
