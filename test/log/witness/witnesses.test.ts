/** Witnesses as they are in the world: behind, away, strange, or right where we are wrong. */
import { describe, expect, it } from "vitest";
import { behind, times, witnessedClinic } from "./clinic.ts";
import { partsOf, witnessedGateway } from "./world.ts";
import { sqlite, startSeconds } from "../installation.ts";

const world = async (...names: string[]) => witnessedClinic(await sqlite(), ...names);

describe("a checkpoint", () => {
  it("is proven consistent from wherever the witness is, at every turn", async () => {
    const { gateway, witness, grow, submit } = await world("w/1");
    for (const more of [1, 2, 61, 190, 1, 1, 300, 700]) {
      await grow(more);
      await submit(6);
    }
    expect(witness.answered.map(({ size, status }) => [size, status])).toEqual(
      [2, 4, 65, 255, 256, 257, 557, 1257].map((size) => [size, 200]),
    );
    expect(await times(gateway, witness)).toEqual([startSeconds + 48]);
  });
});

describe("a receipt", () => {
  it("prefers a checkpoint soon after with more witnesses", async () => {
    const { witnesses, grow, submit, receipt } = await world("w/1", "w/2");
    witnesses[1]!.instead = () => new Response("", { status: 503 });
    const id = await grow(3);
    await submit(1);
    witnesses[1]!.instead = null;
    await grow(1);
    await submit(60);
    const { text, lines } = partsOf(await receipt(id));
    expect(text).toContain("\n5\n");
    expect(lines).toHaveLength(3);
  });

  it("of long ago is dated as well as one of today", async () => {
    const { gateway, witness, grow, submit, receipt, storage } = await world("w/1");
    await submit(1);
    const id = await grow(2);
    await submit(6);
    const before = await receipt(id);
    await storage.main.transaction(async (trx) => {
      const row = { log: 1, witness: witness.settings.key, time: 0, signature: Buffer.alloc(72) };
      await trx
        .insertInto("cosignatures")
        .values(Array.from({ length: 300 }, (_, n) => ({ ...row, size: 1000 + n })))
        .execute();
    });
    gateway.clock.time += 1000;
    expect(await receipt(id)).toBe(before);
    expect(partsOf(before).text).toContain("\n3\n");
    expect(Buffer.from(/^extra (\S+)$/m.exec(before)![1]!, "base64").toString()).toContain(
      "earlier",
    );
  });
});

describe("a witness", () => {
  it("that knows more than we remember says where it is, and goes on from there", async () => {
    const { storage, witness, grow, submit } = await world("w/1");
    await grow(3);
    await submit(6);
    await storage.main.transaction((trx) => trx.deleteFrom("witness_views").execute());
    await grow(3);
    await submit(6);
    expect(witness.answered.map(({ old, status }) => [old, status])).toEqual([
      [0, 200],
      [0, 409],
      [4, 200],
    ]);
  });

  it("that does not know the log is said once, with what to do", async () => {
    const { gateway, witness, grow, submit } = await world("w/1");
    await witness.learn();
    for (let round = 0; round < 3; round++) {
      await grow(1);
      await submit(3600);
    }
    expect(gateway.said).toHaveLength(1);
    expect(gateway.said[0]).toContain("give its operator the verifierKey");
    await witness.learn(await gateway.key());
    await submit(3600);
    expect(gateway.said[1]).toContain("from here on");
    expect(await times(gateway, witness)).toEqual([expect.any(Number)]);
  });

  it("that is away is asked again, ever more rarely, and holds up nothing", async () => {
    const { gateway, witness, grow, submit } = await world("w/1");
    witness.instead = () => new Response("", { status: 503 });
    await grow(1);
    const turns: number[] = [];
    for (let second = 1; second <= 80; second++) {
      const before = witness.answered.length;
      await submit(1);
      if (witness.answered.length > before) turns.push(second);
    }
    const pauses = turns.slice(1).map((turn, n) => turn - turns[n]!);
    for (const [n, pause] of pauses.entries()) {
      expect(pause).toBeGreaterThanOrEqual((5 * 2 ** n) / 2);
      expect(pause).toBeLessThanOrEqual(5 * 2 ** n + 1);
    }
    expect(pauses.length).toBeGreaterThanOrEqual(3);
    expect(gateway.said).toHaveLength(1);
    await grow(5);
    witness.instead = null;
    await submit(600);
    expect(await times(gateway, witness)).toEqual([startSeconds + 680]);
  });

  it("that answers strangely has said nothing", async () => {
    const { gateway, witness, grow, submit, storage } = await world("w/1");
    await grow(1);
    for (const answer of [
      () => Response.redirect("http://127.0.0.1:1/"),
      () => new Response("— w/1 AAAA\n"),
      () => new Response("x".repeat(1_000_000)),
      () => sizeAnswer("05\n"),
      () => sizeAnswer("-1\n"),
      () => sizeAnswer("2"),
      () => sizeAnswer("99999999999999999\n"),
      // What was asked with: another question would get the same answer.
      () => sizeAnswer("0\n"),
      () => new Response("", { status: 409 }),
      () => new Response("", { status: 422 }),
      () => new Response("", { status: 418 }),
    ]) {
      witness.instead = answer;
      const before = witness.answered.length;
      await submit(3600);
      expect(witness.answered).toHaveLength(before + 1);
    }
    const rows = await storage.main.read.selectFrom("witness_views").selectAll().execute();
    expect(rows).toMatchObject([{ size: 0, conflict: null, failures: 11 }]);
    expect(await times(gateway, witness)).toEqual([undefined]);
    witness.instead = null;
    await submit(3600);
    expect(await times(gateway, witness)).toEqual([expect.any(Number)]);
  });

  it("cannot put another's signature, or one over something else, on a checkpoint", async () => {
    const { gateway, witness, grow, submit, storage } = await world("w/1");
    await grow(1);
    await submit(1);
    const { lines } = partsOf((await gateway.published.newest(await gateway.named()))!.note);
    witness.instead = () => new Response(lines.join(""));
    await grow(1);
    await submit(60);
    const rows = await storage.main.read.selectFrom("cosignatures").select("size").execute();
    expect(rows).toEqual([{ size: 2 }]);
  });
});

describe("a database that is behind its witness", () => {
  it("is found out when it has signed another history", async () => {
    const { after } = await behind(await sqlite());
    await after.grow(6);
    await after.submit(6);
    await after.integrator.examine();
    await expect(after.grow(1)).rejects.toMatchObject({ code: "read_only" });
    expect(after.said.some((line) => line.includes("a witness has cosigned 9 entries"))).toBe(true);
  });

  it("is signed again only when its operator takes the witness out", async () => {
    const options = await sqlite();
    const { after, witness } = await behind(options);
    await after.witnessing.look();
    await after.integrator.examine();
    await expect(after.grow(1)).rejects.toMatchObject({ code: "read_only" });
    await after.close();
    const without = await witnessedGateway(options, []);
    await without.integrator.examine();
    await without.grow(1);
    await without.close();
    const again = await witnessedGateway(options, [witness]);
    await again.witnessing.look();
    await again.integrator.examine();
    await expect(again.grow(1)).rejects.toMatchObject({ code: "read_only" });
  });
});

const sizeAnswer = (body: string) =>
  new Response(body, { status: 409, headers: { "Content-Type": "text/x.tlog.size" } });
