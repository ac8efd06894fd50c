/** The protocol of C2SP tlog-witness, answer by answer, asked by a log of another implementation. */
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openWitness, type OpenWitness, type WitnessOptions } from "../../gateway/witness/open.ts";
import { readCosignature } from "../verify/reference/cosignature.ts";
import { checkpoint, cosignatureLine, signatureLine, signer } from "../verify/reference/note.ts";
import { growth, leaves, noteAt, proofBetween, request, rootAt, textAt } from "./logs.ts";

const log = signer("example.com/soglas/2026", 1, "log");
const stranger = signer("example.com/soglas/2026", 1, "somebody else");
const honest = leaves("honest");
const forked = leaves("forked");
const start = 1_777_885_200;

let folder: string;
let witness: OpenWitness;
let clock: { time: number; now(): number };
let contradictions: string[];

const open = (options: Partial<WitnessOptions> = {}) =>
  openWitness({
    folder,
    name: "witness.example/w1",
    logs: [log.verifierKey],
    clock,
    onContradiction: (origin) => contradictions.push(origin),
    onFailure: (error) => expect.unreachable(String(error)),
    ...options,
  });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "soglas-witness-"));
  contradictions = [];
  clock = {
    time: start,
    now() {
      return this.time * 1000 + 999;
    },
  };
  witness = await open();
});
afterEach(async () => {
  witness.close();
  await rm(folder, { recursive: true });
});

async function post(body: string | Uint8Array): Promise<[status: number, body: string]> {
  const answer = await witness.fetch(
    new Request("http://witness.example/add-checkpoint", {
      method: "POST",
      body: Uint8Array.from(Buffer.from(body)),
    }),
  );
  if (answer.status === 409 && /^\d+\n$/.test(await answer.clone().text()))
    expect(answer.headers.get("content-type")).toBe("text/x.tlog.size");
  else expect(answer.headers.get("content-type")).toMatch(/^text\/plain/);
  return [answer.status, await answer.text()];
}

/** Brings the witness to a size. */
async function at(size: number): Promise<void> {
  expect((await post(growth(log, honest, 0, size)))[0]).toBe(200);
}

describe("a checkpoint that extends the one before", () => {
  it("is cosigned with the time", async () => {
    const [status, lines] = await post(growth(log, honest, 0, 5));
    expect(status).toBe(200);
    expect(readCosignature(lines, witness.verifierKey, textAt(log, honest, 5))).toEqual({
      name: "witness.example/w1",
      time: start,
    });
  });

  it("is cosigned from any size to any larger one", async () => {
    for (const [n, size] of [1, 2, 3, 7, 8, 64, 255, 256, 257, 300].entries()) {
      const from = [0, 1, 2, 3, 7, 8, 64, 255, 256, 257][n]!;
      const [status, lines] = await post(growth(log, honest, from, size));
      expect(status, `${from} to ${size}`).toBe(200);
      expect(readCosignature(lines, witness.verifierKey, textAt(log, honest, size))).not.toBeNull();
    }
  });

  it("is cosigned again at the same size, with the later time", async () => {
    await at(5);
    clock.time += 60;
    const [status, lines] = await post(request(5, [], noteAt(log, honest, 5)));
    const read = readCosignature(lines, witness.verifierKey, textAt(log, honest, 5));
    expect([status, read?.time]).toEqual([200, start + 60]);
  });

  it("is never dated before an earlier one, whatever the clock does", async () => {
    await at(5);
    clock.time -= 3600;
    const [, lines] = await post(growth(log, honest, 5, 6));
    expect(readCosignature(lines, witness.verifierKey, textAt(log, honest, 6))?.time).toBe(start);
  });

  it("may carry extension lines and the signatures of others", async () => {
    const text = `${textAt(log, honest, 5)}an extension line\n`;
    const other = signer("other.example/w9", 4, "other");
    const note = `${text}\n${cosignatureLine(text, other, start)}${signatureLine(text, log)}`;
    const [status, lines] = await post(request(0, [], note));
    expect(status).toBe(200);
    expect(readCosignature(lines, witness.verifierKey, text)).not.toBeNull();
  });

  it("may be empty, but only with the root of an empty log", async () => {
    expect((await post(growth(log, honest, 0, 0)))[0]).toBe(200);
    expect((await post(request(0, [], checkpoint(log, 0, rootAt(honest, 1)))))[0]).toBe(422);
    expect((await post(growth(log, honest, 0, 4)))[0]).toBe(200);
  });
});

describe("anything else", () => {
  it("409 with the size cosigned last, when the old size is not that", async () => {
    expect(await post(growth(log, honest, 4, 5))).toEqual([409, "0\n"]);
    await at(5);
    expect(await post(growth(log, honest, 4, 6))).toEqual([409, "5\n"]);
    expect(await post(growth(log, honest, 0, 6))).toEqual([409, "5\n"]);
    expect(await post(growth(log, honest, 0, 3))).toEqual([409, "5\n"]);
    expect(await post(request(3, [], noteAt(log, honest, 3)))).toEqual([409, "5\n"]);
  });

  it("409 without a size for another root at the same size, and both are kept", async () => {
    await at(5);
    const [status, reason] = await post(request(5, [], noteAt(log, forked, 5)));
    expect([status, reason]).toEqual([409, expect.stringMatching(/another root/)]);
    expect(contradictions).toEqual([log.name]);
    expect((await post(growth(log, honest, 5, 6)))[0]).toBe(200);
  });

  it("422 for a proof that does not show it", async () => {
    const [one, ...rest] = proofBetween(honest, 3, 7);
    const wrong = [
      growth(log, honest, 3, 7).replace("old 3", "old 5"),
      request(5, proofBetween(forked, 5, 7), noteAt(log, forked, 7)),
      request(5, [], noteAt(log, honest, 7)),
      request(5, [...proofBetween(honest, 5, 7), one!], noteAt(log, honest, 7)),
      request(5, [...rest, one!], noteAt(log, honest, 7)),
      request(5, [one!], noteAt(log, honest, 5)),
    ];
    await at(5);
    for (const body of wrong) expect((await post(body))[0]).toBe(422);
    expect((await post(growth(log, honest, 5, 7)))[0]).toBe(200);
  });

  it("422 for a proof where there is nothing to prove", async () => {
    const proof = proofBetween(honest, 3, 7);
    expect((await post(request(0, proof, noteAt(log, honest, 7))))[0]).toBe(422);
  });

  it("404 for the specification's own example, of which it was not told", async () => {
    const example = [
      "old 20852014",
      "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=",
      "jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=",
      "5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=",
      "/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=",
      "",
      "example.com/behind-the-sofa",
      "20852163",
      "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
      "",
      "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=",
      "— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=",
      "",
    ].join("\n");
    expect((await post(example))[0]).toBe(404);
  });

  it("404 for a log it was not told of", async () => {
    const other = signer("example.com/other/2026", 1, "log");
    expect((await post(growth(other, honest, 0, 5)))[0]).toBe(404);
  });

  it("403 for a checkpoint that its log did not sign", async () => {
    const note = noteAt(log, honest, 5);
    const text = textAt(log, honest, 5);
    expect((await post(growth(stranger, honest, 0, 5)))[0]).toBe(403);
    const damaged = note.replace(/A(?=[A-Za-z0-9+/]*=*\n$)|B(?=[A-Za-z0-9+/]*=*\n$)/, "C");
    expect(damaged).not.toBe(note);
    expect((await post(request(0, [], damaged)))[0]).toBe(403);
    // One line of the key is right, and one is not.
    const twice = `${note}${signatureLine(`${text}x\n`, log)}`;
    expect((await post(request(0, [], twice)))[0]).toBe(403);
    // A cosignature is not the signature of a log.
    const cosigned = `${text}\n${cosignatureLine(text, signer(log.name, 4, "log"), start)}`;
    expect((await post(request(0, [], cosigned)))[0]).toBe(403);
  });

  it("400 for an old size larger than the checkpoint's", async () => {
    await at(5);
    expect((await post(request(5, [], noteAt(log, honest, 4))))[0]).toBe(400);
  });

  it("400 for what is no request", async () => {
    const note = noteAt(log, honest, 5);
    const hash = rootAt(honest, 1);
    for (const body of [
      "",
      "old 0\n",
      note,
      `old 0\n${note}`,
      request("00", [], note),
      request("-1", [], note),
      request(" 0", [], note),
      request("0 ", [], note),
      request("0x0", [], note),
      request("99999999999999999999", [], note),
      request(0, [], note.slice(0, -1)),
      request(0, [], `${note}\n`),
      request(0, [], note.replace("\n5\n", "\n05\n")),
      request(0, [hash.subarray(1)], note),
      request(0, [], note).replace("old 0\n", "old 0\r\n"),
      request(0, [], note).replace("old 0\n", `old 0\n${hash.toString("base64url")}\n`),
      request(
        1,
        Array.from({ length: 64 }, () => hash),
        note,
      ),
    ])
      expect((await post(body))[0], JSON.stringify(body.slice(0, 60))).toBe(400);
    expect((await post(Buffer.concat([Buffer.from(`old 0\n\n${note}`), Buffer.of(0xff)])))[0]).toBe(
      400,
    );
  });

  it("never answers with a cosignature, or with a failure, when a bit of the request is flipped", async () => {
    await at(5);
    const body = Buffer.from(growth(log, honest, 5, 7));
    await fc.assert(
      fc.asyncProperty(fc.nat(body.length * 8 - 1), async (bit) => {
        const flipped = Buffer.from(body);
        flipped[bit >> 3]! ^= 1 << (bit & 7);
        const [status] = await post(flipped);
        expect([400, 403, 404, 409, 422]).toContain(status);
      }),
      { numRuns: 400 },
    );
    expect((await post(body))[0]).toBe(200);
  });

  it("413 for a body without end, 404 for other addresses", async () => {
    expect((await post(`old 0\n\n${"x".repeat(200_000)}`))[0]).toBe(413);
    expect((await witness.fetch(new Request("http://w.example/add-checkpoint"))).status).toBe(404);
  });
});

describe("two requests at once", () => {
  it("never both advance from one size", async () => {
    for (let size = 0; size < 40; size += 4) {
      const bodies = [1, 2, 3, 4].map((more) => growth(log, honest, size, size + more));
      const answers = await Promise.all(bodies.map(post));
      const won = answers.findIndex(([status]) => status === 200);
      expect(answers.filter(([status]) => status === 200)).toHaveLength(1);
      for (const answer of answers.filter(([status]) => status !== 200))
        expect(answer).toEqual([409, `${size + won + 1}\n`]);
      if (won < 3) expect((await post(growth(log, honest, size + won + 1, size + 4)))[0]).toBe(200);
    }
  });

  it("nor do two processes on one folder", async () => {
    const [one, two] = [witness, await open({ name: null })];
    const ask = (to: OpenWitness, body: string) =>
      to.fetch(new Request("http://w.example/add-checkpoint", { method: "POST", body }));
    const fork = request(0, [], noteAt(log, forked, 6));
    const answers = await Promise.all([ask(one, growth(log, honest, 0, 5)), ask(two, fork)]);
    two.close();
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });
});

describe("its memory", () => {
  it("outlives the process", async () => {
    await at(5);
    const { verifierKey } = witness;
    witness.close();
    witness = await open({ name: null });
    expect(witness.verifierKey).toBe(verifierKey);
    expect(await post(growth(log, honest, 0, 6))).toEqual([409, "5\n"]);
  });

  it("is not begun anew under a key that has cosigned", async () => {
    witness.close();
    await rm(join(folder, "witness.sqlite"));
    await expect(open()).rejects.toThrow(/restore it.*new witness in another folder/);
    await writeFile(join(folder, "witness.sqlite"), "not a database at all, whatever it says");
    await expect(open()).rejects.toThrow(/not the database of a witness/);
    await rm(join(folder, "key"));
    await rm(join(folder, "witness.sqlite"));
    witness = await open();
  });

  it("shows what was cosigned last, with every signature", async () => {
    await at(5);
    const shownOf = (origin: string) => {
      const name = createHash("sha256").update(origin).digest("hex");
      return witness.fetch(new Request(`http://w.example/${name}/checkpoint`));
    };
    expect((await shownOf("example.com/other/2026")).status).toBe(404);
    const shown = await shownOf(log.name);
    const note = await shown.text();
    expect(note.startsWith(noteAt(log, honest, 5))).toBe(true);
    const line = note.slice(noteAt(log, honest, 5).length);
    expect(readCosignature(line, witness.verifierKey, textAt(log, honest, 5))).not.toBeNull();
  });
});

describe("its key", () => {
  it("is its owner's alone, and says whose it is", async () => {
    const path = join(folder, "key");
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, "utf8")).toMatch(/^PRIVATE\+KEY\+witness\.example\/w1\+/);
    expect(await (await witness.fetch(new Request("http://w.example/"))).text()).toBe(
      `${witness.verifierKey}\n`,
    );
  });

  it("keeps its name, and is not replaced when it is damaged", async () => {
    await expect(open({ name: "witness.example/w2" })).rejects.toThrow(
      /belongs to witness\.example\/w1/,
    );
    const text = await readFile(join(folder, "key"), "utf8");
    await writeFile(join(folder, "key"), text.replace("w1", "w2"));
    await expect(open({ name: null })).rejects.toThrow(/is damaged; restore it/);
  });

  it("needs a name", async () => {
    const fresh = join(folder, "fresh");
    await expect(open({ folder: fresh, name: null })).rejects.toThrow(
      /--name witness\.example\/w1/,
    );
    await expect(open({ folder: fresh, name: "two words" })).rejects.toThrow(/no spaces/);
  });
});

describe("the logs it knows", () => {
  it("stand in a file that can be read again", async () => {
    const other = signer("example.com/other/2026", 1, "other");
    await writeFile(join(folder, "logs"), `# the neighbours\n\n${other.verifierKey}\n`);
    await witness.reload();
    expect(witness.origins().toSorted()).toEqual([other.name, log.name]);
    expect((await post(growth(other, honest, 0, 5)))[0]).toBe(200);
    await writeFile(join(folder, "logs"), `${other.verifierKey}x\n`);
    await expect(witness.reload()).rejects.toThrow(/logs, line 1: /);
    expect((await post(growth(other, honest, 5, 6)))[0]).toBe(200);
  });

  it("may have several keys", async () => {
    await writeFile(join(folder, "logs"), stranger.verifierKey);
    await witness.reload();
    expect((await post(growth(stranger, honest, 0, 5)))[0]).toBe(200);
    expect((await post(growth(log, honest, 5, 6)))[0]).toBe(200);
  });
});
