/**
 * `npm run bench -- log`: recording full consents (validation, leaf, seal, commit) over HTTP at 64
 * connections on SQLite with synchronous=FULL, against a bare Hono echo of the same bodies in the
 * same run. The two alternate, so that the machine's moods meet both.
 */
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clinicOrigin, grant } from "../gateway/decisions.ts";
import { run, type Measured } from "./load.ts";
import { startEcho, startGateway } from "./processes.ts";

const connections = 64;
const perRound = 6000;
const rounds = 4;

export async function benchLog(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "soglas-bench-"));
  const gateway = await startGateway(folder);
  const echo = await startEcho();
  try {
    const tag = await (await fetch(`${gateway.url}/s/clinic.js`)).text();
    const config = /"config":"([\w-]{43})"/.exec(tag)![1]!;
    const headers = { Origin: clinicOrigin, "Content-Type": "text/plain" };
    const bodies = (count: number) =>
      Array.from({ length: count }, () => JSON.stringify(grant(config)));
    const consents = (count: number) =>
      run({
        url: gateway.url,
        path: "/v1/sites/clinic/consents",
        headers,
        connections,
        bodies: bodies(count),
        expected: 201,
      });
    const echoes = (count: number) =>
      run({
        url: echo.url,
        path: "/echo",
        headers,
        connections,
        bodies: bodies(count),
        expected: 201,
      });

    await consents(1000);
    await echoes(1000);
    const bytesBefore = await sizeOf(folder);
    const results: { consents: Measured; echoes: Measured }[] = [];
    for (let round = 0; round < rounds; round += 1)
      results.push({ echoes: await echoes(perRound), consents: await consents(perRound) });
    const memory = await gateway.memory();
    await gateway.stop();
    const perRecord = ((await sizeOf(folder)) - bytesBefore) / (rounds * perRound);

    console.log(
      `recording full consents, ${connections} connections, ${rounds} rounds of ${perRound}`,
    );
    console.log("round   consents/s   p50 ms   p99 ms   echo/s   ratio");
    results.forEach((result, round) => {
      const { consents, echoes } = result;
      const ratio = consents.perSecond / echoes.perSecond;
      console.log(
        [
          String(round + 1).padStart(5),
          consents.perSecond.toFixed(0).padStart(12),
          consents.p50.toFixed(1).padStart(8),
          consents.p99.toFixed(1).padStart(8),
          echoes.perSecond.toFixed(0).padStart(8),
          ratio.toFixed(2).padStart(7),
        ].join(" "),
      );
    });
    console.log(`bytes per record on disk: ${perRecord.toFixed(0)}`);
    console.log(`resident memory under load: ${memory.toFixed(0)} MB`);
  } finally {
    gateway.child.kill("SIGKILL");
    echo.child.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  }
}

async function sizeOf(folder: string): Promise<number> {
  const names = (await readdir(folder)).filter((name) => name.includes(".sqlite"));
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
