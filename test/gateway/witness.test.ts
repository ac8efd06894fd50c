/** A visitor's receipt, witnessed by somebody else's server, and judged by `soglas verify`. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { verifyCommand } from "../../gateway/verify/command.ts";
import { startWitness } from "../log/witness/world.ts";
import { decide, grant } from "./decisions.ts";
import { openInstallation } from "./installation.ts";

it("a decision ends as a receipt that names its witness, and verifies under the witness's key", async () => {
  const witness = await startWitness("witness.example/w1", { relation: "own", operator: "Us" });
  witness.clock.time = Date.now();
  const installation = await openInstallation({ witnesses: [witness.settings] });
  onTestFinished(() => installation.close());
  const { gateway, app } = installation;
  const { hash } = (await gateway.sites.effective("clinic"))!;
  await gateway.integrator.integrate();
  const base = `/log/clinic/${new Date().getUTCFullYear()}`;
  const get = (path: string) => app.request(`${base}/${path}`);

  const description = (await (await get("log.json")).json()) as Record<string, string>;
  expect(description["witnesses"]).toEqual([
    { key: witness.settings.key, operator: "Us", relation: "own" },
  ]);
  expect((await get("witnessed-checkpoint")).status).toBe(404);
  await witness.learn(description["verifierKey"]!);
  await gateway.witnessing.run();
  const { id } = (await decide(installation, grant(hash))).record;
  await gateway.integrator.integrate();
  witness.clock.time += 6000;
  // The gateway's own clock goes on: five seconds are not waited for, a new turn is taken at once.
  await gateway.witnessing.look();

  for (const name of ["checkpoint", "witnessed-checkpoint"])
    expect(await (await get(name)).text()).toContain("\n— witness.example/w1 ");
  const receipt = await (await app.request(`/v1/sites/clinic/receipts/${id}`)).text();

  const folder = await mkdtemp(join(tmpdir(), "soglas-witnessed-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "receipt");
  await writeFile(file, receipt);
  const said: string[] = [];
  const verify = (...words: string[]) =>
    verifyCommand(
      [...words, "--key", description["verifierKey"]!, "--witness", witness.settings.key],
      {
        out: (line) => said.push(line),
        err: (line) => said.push(line),
        fetch: async (address) =>
          app.request(String(address).replace("https://gateway.example", "")),
      },
    );
  expect(await verify("receipt", file), said.join("\n")).toBe(0);
  expect(said.join("\n")).toMatch(/no later than .* UTC\.$/m);
  expect(said.join("\n")).toMatch(/after .*, when witness\.example\/w1 knew the log without it/);
  expect(said.join("\n")).toContain("run by Us, for the log's own operator");
  // The newest checkpoint is a moment younger than what the witness saw.
  await decide(installation, grant(hash));
  await gateway.integrator.integrate();
  said.length = 0;
  expect(await verify("log", `https://gateway.example${base}`), said.join("\n")).toBe(0);
  expect(said.join("\n")).toContain(
    "Of these, the first 2 are what witnesses have confirmed so far",
  );
});
