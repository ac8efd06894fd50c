import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { errorEnvelope } from "../../gateway/contract/errors.ts";
import { parseTrust } from "../../gateway/verify/checkpoint.ts";
import { readDescription } from "../../gateway/verify/description.ts";
import { httpFiles } from "../../gateway/verify/http-files.ts";
import { verifyLog } from "../../gateway/verify/log.ts";
import { nodePrimitives } from "../../gateway/verify/node.ts";
import { decide, grant } from "../gateway/decisions.ts";
import { openInstallation, type Installation } from "../gateway/installation.ts";
import { demoWith } from "../sites/demo-with.ts";

const clock = { now: () => Date.UTC(2026, 4, 4) };
let installation: Installation;
beforeAll(async () => {
  installation = await openInstallation({ clock });
  for (let n = 0; n < 3; n++) {
    for (let each = 0; each < 100; each++) await record(installation);
    await installation.gateway.integrator.integrate();
  }
});
afterAll(() => installation.close());

/** Records a grant of everything. */
const record = async (at: Installation) =>
  decide(at, grant((await at.gateway.sites.effective("clinic"))!.hash));

const get = (path: string, headers: Record<string, string> = {}, site = "clinic") =>
  Promise.resolve(installation.app.request(`/log/${site}/2026/${path}`, { headers }));

async function problem(response: Response) {
  const { error } = errorEnvelope.parse(await response.json());
  return { status: response.status, code: error.code };
}

/** The verifier of strangers, over the gateway's own answers. */
const files = (accessKey?: string) =>
  httpFiles("https://gateway.example/log/clinic/2026", {
    fetch: async (address, init) =>
      installation.app.request(new URL(String(address)).pathname, init),
    accessKey,
    wait: async () => {},
  });

describe("a public log", () => {
  it("is verified by a stranger from its files alone", async () => {
    const { origin, verifierKey } = await readDescription(files());
    const trust = await parseTrust(verifierKey, [], nodePrimitives);
    const { checkpoint } = await verifyLog(files(), trust, [], nodePrimitives);
    expect(checkpoint).toMatchObject({ origin, size: 301 });
  });

  it("names itself, its key and its history", async () => {
    const response = await get("log.json");
    expect(await response.json()).toEqual({
      origin: "rodnik-clinic.example/soglas/2026",
      verifierKey: expect.stringMatching(
        /^rodnik-clinic\.example\/soglas\/2026\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/,
      ),
      access: "public",
      witnesses: [],
      checkpoints: "https://gateway.example/log/clinic/2026/checkpoints",
      closed: null,
      dropped: null,
      previous: null,
      next: null,
    });
  });

  it("has a checkpoint that is cached for a second, and tiles for ever", async () => {
    const checkpoint = await get("checkpoint");
    expect(Object.fromEntries(checkpoint.headers)).toMatchObject({
      "content-type": "text/plain; charset=UTF-8",
      "cache-control": "public, max-age=1",
      "access-control-allow-origin": "*",
    });
    const tile = await get("tile/0/000");
    expect(Object.fromEntries(tile.headers)).toMatchObject({
      "content-type": "application/octet-stream",
      "cache-control": "public, max-age=31536000, immutable",
      "access-control-allow-origin": "*",
    });
    expect((await tile.arrayBuffer()).byteLength).toBe(8192);
  });

  it("serves a partial tile in every width it ever had", async () => {
    const widest = Buffer.from(await (await get("tile/0/001.p/45")).arrayBuffer());
    const narrow = Buffer.from(await (await get("tile/0/001.p/1")).arrayBuffer());
    expect(widest).toHaveLength(45 * 32);
    expect(narrow).toEqual(widest.subarray(0, 32));
    const entries = Buffer.from(await (await get("tile/entries/001.p/45")).arrayBuffer());
    const first = Buffer.from(await (await get("tile/entries/001.p/1")).arrayBuffer());
    expect(first).toEqual(entries.subarray(0, first.length));
    // Of full ones too, for whoever holds an older checkpoint.
    expect((await get("tile/0/000.p/101")).status).toBe(200);
  });

  it.each([
    "tile/0/001",
    "tile/0/001.p/46",
    "tile/0/002.p/1",
    "tile/1/000.p/2",
    "tile/2/000.p/1",
    "tile/entries/001",
    "tile/entries/001.p/46",
    "tile/0/000.p/0",
    "tile/0/x000/000",
    "tile/0/0",
    "tile/0/x999/x999/x999/x999/999",
    "tile/63/x999/x999/x999/x999/999",
    "tile/",
    "tile/0/000/",
    "tile/0/../0/000/",
    "nothing",
  ])("has no %s", async (path) => {
    const response = await get(path);
    expect(response.headers.get("Cache-Control")).not.toContain("immutable");
    expect(await problem(response)).toEqual({ status: 404, code: "not_found" });
  });

  it("lists every checkpoint ever signed, in pages", async () => {
    const all = (await (await get("checkpoints")).json()) as History;
    expect(all.checkpoints.map(({ size }) => size)).toEqual([101, 201, 301]);
    expect(all.next).toBeNull();
    expect(all.checkpoints.at(-1)!.note).toBe(await (await get("checkpoint")).text());
    const page = (await (await get("checkpoints?limit=1&after=101")).json()) as History;
    expect(page.checkpoints).toEqual([all.checkpoints[1]]);
    expect(page.next).toBe(201);
    expect(await problem(await get("checkpoints?limit=0"))).toMatchObject({
      code: "invalid_query",
    });
    expect(await problem(await get("checkpoints?from=0"))).toMatchObject({ code: "invalid_query" });
  });

  it.each([
    "/log/clinic/2025/checkpoint",
    "/log/nowhere/2026/checkpoint",
    "/log/clinic/x/checkpoint",
    "/log/clinic/20260/checkpoint",
  ])("is not at %s", async (path) => {
    expect(await problem(await installation.app.request(path))).toEqual({
      status: 404,
      code: "not_found",
    });
  });
});

interface History {
  checkpoints: { size: number; signedAt: number; note: string }[];
  next: number | null;
}

describe("a log for auditors", () => {
  beforeAll(async () => {
    const files = await demoWith("clinic", ({ log }) => {
      log!.access = "auditors";
    });
    await installation.gateway.sites.publish(files);
    await installation.gateway.integrator.integrate();
  });

  const key = async (role: "auditor" | "compliance" | "owner" | "backend", site = "clinic") => {
    const grant = { label: role, role, site, expiresAt: null };
    return (await installation.gateway.staff.keys.create(grant)).key;
  };
  const withKey = async (text: string) => get("tile/0/000", { Authorization: `Bearer ${text}` });

  it("still shows its checkpoints to everybody", async () => {
    for (const path of ["checkpoint", "log.json", "checkpoints"]) {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(response.headers.get("Access-Control-Allow-Origin")).toBe("*");
    }
    expect(await (await get("log.json")).json()).toMatchObject({ access: "auditors" });
  });

  it.each(["tile/0/000", "tile/entries/000", "tile/0/999"])(
    "keeps %s from strangers",
    async (path) => {
      const response = await get(path);
      expect(response.headers.get("WWW-Authenticate")).toContain("Bearer");
      expect(await problem(response)).toEqual({ status: 401, code: "unauthorized" });
    },
  );

  it.each(["auditor", "compliance", "owner"] as const)(
    "shows tiles to the role %s",
    async (role) => {
      const response = await withKey(await key(role));
      expect(response.status).toBe(200);
      expect(response.headers.get("Cache-Control")).toBe("private, max-age=31536000, immutable");
      expect(response.headers.get("Access-Control-Allow-Origin")).toBeNull();
    },
  );

  it("does not show them to backends, nor to keys of another site", async () => {
    expect(await problem(await withKey(await key("backend")))).toMatchObject({ code: "forbidden" });
    expect(await problem(await withKey(await key("auditor", "clinic-eu")))).toMatchObject({
      code: "forbidden",
    });
  });

  it("is verified whole by an auditor", async () => {
    const { verifierKey } = await readDescription(files());
    const trust = await parseTrust(verifierKey, [], nodePrimitives);
    const { checkpoint } = await verifyLog(files(await key("auditor")), trust, [], nodePrimitives);
    expect(checkpoint.size).toBe(302);
  });
});

it("leads from one year's log to the next", async () => {
  const time = { time: Date.UTC(2026, 11, 31), now: () => time.time };
  const other = await openInstallation({ clock: time });
  try {
    await other.gateway.integrator.integrate();
    time.time = Date.UTC(2027, 0, 1);
    await record(other);
    const early = await other.app.request("/log/clinic/2027/checkpoint");
    expect(early.status).toBe(404);
    await other.gateway.integrator.integrate();
    const read = async (year: number) =>
      (await (await other.app.request(`/log/clinic/${year}/log.json`)).json()) as object;
    expect(await read(2026)).toMatchObject({
      previous: null,
      next: {
        origin: "rodnik-clinic.example/soglas/2027",
        address: "https://gateway.example/log/clinic/2027",
      },
    });
    expect(await read(2027)).toMatchObject({
      previous: { origin: "rodnik-clinic.example/soglas/2026" },
      next: null,
    });
  } finally {
    await other.close();
  }
});
