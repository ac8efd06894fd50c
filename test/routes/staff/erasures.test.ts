import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { erasureList, hold, holdList } from "../../../gateway/contract/staff/erasures.ts";
import { consentId, displayConsentId } from "../../../gateway/log/consent-id.ts";
import {
  failureOf,
  openInstallation,
  randomId,
  type Installation,
} from "../../staff/installation.ts";

let installation: Installation;
beforeAll(async () => {
  installation = await openInstallation();
});
afterAll(() => installation.close());

const request = (method: string, path: string, headers: Record<string, string>, body?: unknown) =>
  installation.app.request(`/v1/staff/${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

/** What the audit trail says of a key. */
const trail = async (keyId: string) =>
  (await installation.trail(keyId)).map(({ detail, ...entry }) => ({ ...entry, ...detail }));

async function visitor(site = "clinic") {
  const secret = randomId();
  await installation.decide(site, { secret });
  return {
    secret,
    body: { site, consentId: displayConsentId(consentId(site, secret)).toLowerCase() },
    known: async () => (await installation.log.subjectOf(site, secret)) !== null,
  };
}

describe("an erasure by staff", () => {
  test("finds the visitor by what they dictated, and stands in the trail without it", async () => {
    const { id, headers } = await installation.key("compliance");
    const someone = await visitor();
    const response = await request("POST", "erasures", headers, {
      ...someone.body,
      reason: "order",
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ residue: "gone" });
    expect(await someone.known()).toBe(false);
    const again = await request("POST", "erasures", headers, someone.body);
    expect(await failureOf(again)).toMatchObject({ status: 404, code: "not_found" });
    const site = "clinic";
    expect(await trail(id)).toEqual([
      { action: "subject.erase", site, reason: "order", done: false, count: 0 },
      { action: "subject.erase", site, reason: "order", done: true, count: 1 },
      { action: "subject.erase", site, reason: "request", done: false, count: 0 },
    ]);
  });

  test("is listed with what is left to do, and with nothing of whom", async () => {
    const { id, headers } = await installation.key("auditor", "clinic-eu");
    const officer = await installation.key("compliance");
    const someone = await visitor("clinic-eu");
    await request("POST", "erasures", officer.headers, someone.body);
    const list = await request("GET", "erasures?site=clinic-eu", headers);
    const { erasures } = erasureList.parse(await list.json());
    expect(erasures).toEqual([
      {
        id: expect.any(Number),
        cause: "request",
        visitors: 1,
        time: Math.floor(installation.clock.now() / 1000),
        residue: "gone",
        logged: false,
      },
    ]);
    expect((await request("GET", "erasures?site=clinic", headers)).status).toBe(404);
    expect(await trail(id)).toEqual([{ action: "erasures.list", site: "clinic-eu", count: 1 }]);
  });

  test("is for owners and compliance officers, within the sites of their key", async () => {
    const someone = await visitor();
    for (const role of ["auditor", "backend"] as const) {
      const { headers } = await installation.key(role);
      const response = await request("POST", "erasures", headers, someone.body);
      expect(await failureOf(response)).toMatchObject({ status: 403, code: "forbidden" });
    }
    const elsewhere = await installation.key("owner", "clinic-eu");
    const response = await request("POST", "erasures", elsewhere.headers, someone.body);
    expect(await failureOf(response)).toMatchObject({ status: 404, code: "not_found" });
    expect((await request("POST", "erasures", {}, someone.body)).status).toBe(401);
    expect(await someone.known()).toBe(true);
    const owner = await installation.key("owner", "clinic");
    expect((await request("POST", "erasures", owner.headers, someone.body)).status).toBe(200);
    expect(await someone.known()).toBe(false);
  });

  test("of what cannot be a consent id, or has another reason, is refused", async () => {
    const { headers } = await installation.key("owner");
    const site = "clinic";
    for (const [body, status] of [
      [{ site, consentId: "nobody" }, 404],
      [{ site, consentId: consentId(site, randomId()) }, 404],
      [{ site: "unknown", consentId: consentId(site, randomId()) }, 404],
      [{ site, consentId: consentId(site, randomId()), reason: "boredom" }, 400],
      [{ site }, 400],
    ] as const)
      expect((await request("POST", "erasures", headers, body)).status).toBe(status);
  });
});

describe("a legal hold", () => {
  test("is set, listed, keeps staff and visitors from erasing, and is lifted", async () => {
    const { id, headers } = await installation.key("compliance");
    const someone = await visitor();
    const reason = "file 12/2026";
    const set = await request("POST", "holds", headers, { ...someone.body, reason });
    expect(set.status).toBe(201);
    const held = hold.parse(await set.json());
    expect(held).toMatchObject({ reason, heldBy: id });
    const list = await request("GET", "holds?site=clinic", headers);
    expect(holdList.parse(await list.json())).toEqual({ holds: [held] });

    const erasing = () => request("POST", "erasures", headers, someone.body);
    expect(await failureOf(await erasing())).toMatchObject({ status: 409, code: "legal_hold" });
    expect(await someone.known()).toBe(true);

    const path = `holds/clinic/${held.id}`;
    expect((await request("DELETE", `holds/clinic-eu/${held.id}`, headers)).status).toBe(404);
    expect((await request("DELETE", path, headers)).status).toBe(204);
    expect((await request("DELETE", path, headers)).status).toBe(404);
    expect((await erasing()).status).toBe(200);
    const noted = await trail(id);
    expect(noted.map(({ action, count }) => `${action} ${count}`)).toEqual([
      "hold.set 1",
      "holds.list 1",
      "subject.erase 0",
      "hold.lift 0",
      "hold.lift 1",
      "hold.lift 0",
      "subject.erase 0",
      "subject.erase 1",
    ]);
    expect(JSON.stringify(noted)).not.toContain("12/2026");
  });

  test("has a reason of one line that every database can keep", async () => {
    for (const reason of ["case\u00007", "case\ud800 7", "case\n7", "case \u202e7", "   "]) {
      const response = await installation.app.request("/v1/staff/holds", {
        method: "POST",
        headers: (await installation.key("owner")).headers,
        body: JSON.stringify({ site: "clinic", consentId: "x", reason }),
      });
      expect(response.status).toBe(400);
    }
  });

  test("is read by auditors and set by nobody but owners and compliance officers", async () => {
    const { headers } = await installation.key("auditor");
    const someone = await visitor();
    const body = { ...someone.body, reason: "curiosity" };
    expect((await request("GET", "holds?site=clinic", headers)).status).toBe(200);
    expect((await request("POST", "holds", headers, body)).status).toBe(403);
    expect((await request("DELETE", "holds/clinic/1", headers)).status).toBe(403);
    const officer = await installation.key("compliance");
    const unknown = { site: "clinic", consentId: consentId("clinic", randomId()), reason: "case" };
    expect((await request("POST", "holds", officer.headers, unknown)).status).toBe(404);
  });
});
