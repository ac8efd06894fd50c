import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { errorEnvelope } from "../../gateway/contract/errors.ts";
import type { Role } from "../../gateway/contract/staff/staff.ts";
import { consentId } from "../../gateway/log/consent-id.ts";
import { verifierKey } from "../../gateway/log/tree/note.ts";
import { parseTrust } from "../../gateway/verify/checkpoint.ts";
import { nodePrimitives } from "../../gateway/verify/node.ts";
import { verifyReceipt, type Receipt } from "../../gateway/verify/receipt.ts";
import { clinicOrigin as origin, decide, grant, newId as id } from "../gateway/decisions.ts";
import { openInstallation, type Installation } from "../gateway/installation.ts";

let installation: Installation;
beforeAll(async () => {
  installation = await openInstallation();
});
afterAll(() => installation.close());

const address = (record: string, site = "clinic") => `/v1/sites/${site}/receipts/${record}`;

function get(record: string, headers: Record<string, string> = {}, site = "clinic") {
  return Promise.resolve(installation.app.request(address(record, site), { headers }));
}

/** What a stranger makes of a receipt, with the key from elsewhere. */
async function verified(response: Response): Promise<Receipt> {
  expect(response.status).toBe(200);
  const { published, clock } = installation.gateway;
  const year = new Date(clock.now()).getUTCFullYear();
  const { signer } = (await published.find("clinic", year))!;
  const trust = await parseTrust(verifierKey(signer), [], nodePrimitives);
  return verifyReceipt(new Uint8Array(await response.arrayBuffer()), trust, nodePrimitives);
}

/** Records a grant of everything; resolves with what the visitor keeps. */
async function recorded(): Promise<{ record: string; secret: string }> {
  const body = grant((await installation.gateway.sites.effective("clinic"))!.hash);
  await decide(installation, body);
  return { record: body.id, secret: body.secret };
}

async function integrated(): Promise<{ record: string; secret: string }> {
  const decided = await recorded();
  await installation.gateway.integrator.integrate();
  return decided;
}

async function problem(response: Response) {
  const { error } = errorEnvelope.parse(await response.json());
  return { status: response.status, code: error.code };
}

async function staffKey(role: Role, site: string | null = "clinic"): Promise<string> {
  const grant = { label: role, role, site, expiresAt: null };
  return (await installation.gateway.staff.keys.create(grant)).key;
}

describe("a receipt without a secret", () => {
  it("is a file that anybody can verify, and opens nothing", async () => {
    const { record } = await integrated();
    const response = await get(record);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/plain; charset=UTF-8",
      "content-disposition": `attachment; filename="receipt-${record}.txt"`,
      "cache-control": "no-store",
    });
    const receipt = await verified(response);
    expect(receipt).toMatchObject({ decision: null, subject: null, statement: null });
    expect(receipt.leaf.kind).toBe("consent");
  });

  it("does not say who decided, or what", async () => {
    const { record, secret } = await integrated();
    const text = await (await get(record)).text();
    const extra = /^extra (.*)$/m.exec(text)![1]!;
    const readable = text + Buffer.from(extra, "base64").toString();
    for (const word of [secret, "granted", "/services", record])
      expect(readable).not.toContain(word);
  });

  it("is the record's, whatever the log has become since", async () => {
    const { record } = await integrated();
    const before = await verified(await get(record));
    for (let more = 0; more < 3; more++) await integrated();
    const after = await verified(await get(record));
    expect(after).toMatchObject({ index: before.index, leaf: before.leaf });
    expect(after.checkpoint.size).toBe(before.checkpoint.size + 3);
  });

  it("is each record's own when many are fetched at once", async () => {
    const decided = await Promise.all(Array.from({ length: 300 }, () => recorded()));
    await installation.gateway.integrator.integrate();
    const answers = await Promise.all(
      decided.flatMap(({ record }) => [get(record), get(id()), get(record, {}, "clinic-eu")]),
    );
    expect(answers.map(({ status }) => status)).toEqual(decided.flatMap(() => [200, 404, 404]));
    const receipts = await Promise.all(
      answers.filter(({ status }) => status === 200).map(verified),
    );
    expect(new Set(receipts.map(({ index }) => index)).size).toBe(300);
  });

  it("is promised for later before the record is integrated", async () => {
    const { record } = await recorded();
    const early = await get(record);
    expect(early.status).toBe(202);
    expect(early.headers.get("Retry-After")).toBe("1");
    await installation.gateway.integrator.integrate();
    expect((await verified(await get(record))).leaf.kind).toBe("consent");
  });
});

describe("a receipt for the visitor", () => {
  it("opens both halves and the configuration that was shown", async () => {
    const { record, secret } = await integrated();
    const receipt = await verified(await get(record, { Authorization: `Subject ${secret}` }));
    expect(JSON.parse(receipt.decision!)).toMatchObject({
      id: record,
      services: { metrika: "granted", "metrika-clean": "granted" },
    });
    expect(JSON.parse(receipt.subject!)).toMatchObject({ page: "/services", previous: null });
    expect(JSON.parse(receipt.statement!)).toMatchObject({ v: 1, site: "clinic" });
  });

  it("is not given for another visitor's secret", async () => {
    const { record } = await integrated();
    const { secret } = await integrated();
    expect(await problem(await get(record, { Authorization: `Subject ${secret}` }))).toEqual({
      status: 403,
      code: "forbidden",
    });
    expect(await problem(await get(record, { Authorization: `Subject ${id()}` }))).toEqual({
      status: 403,
      code: "forbidden",
    });
  });

  it.each([
    "Subject",
    "Subject short",
    `Subject ${"!".repeat(22)}`,
    "Basic eDp5",
    "Bearer nonsense",
  ])("is refused for %j", async (authorization) => {
    const { record } = await integrated();
    const response = await get(record, { Authorization: authorization });
    expect(response.headers.get("WWW-Authenticate")).toContain("Bearer");
    expect(await problem(response)).toEqual({ status: 401, code: "unauthorized" });
  });
});

describe("a receipt for staff", () => {
  it.each(["owner", "compliance", "auditor"] as const)(
    "shows what was decided to the role %s, not whose it is",
    async (role) => {
      const { record } = await integrated();
      const key = await staffKey(role);
      const receipt = await verified(await get(record, { Authorization: `Bearer ${key}` }));
      expect(JSON.parse(receipt.decision!)).toMatchObject({ id: record });
      expect(receipt.subject).toBeNull();
    },
  );

  it("is in the audit trail", async () => {
    const { record } = await integrated();
    const key = await staffKey("auditor", null);
    await get(record, { Authorization: `Bearer ${key}` });
    const trail = await installation.gateway.storage.main.read
      .selectFrom("staff_audit")
      .select(["action", "detail"])
      .orderBy("id", "desc")
      .executeTakeFirst();
    expect(trail).toEqual({
      action: "receipt.read",
      detail: JSON.stringify({ site: "clinic", record }),
    });
  });

  it("is not for backends, nor for keys of another site", async () => {
    const { record } = await integrated();
    for (const key of [await staffKey("backend"), await staffKey("owner", "clinic-eu")])
      expect(await problem(await get(record, { Authorization: `Bearer ${key}` }))).toEqual({
        status: 403,
        code: "forbidden",
      });
  });
});

describe("a receipt of an erased record", () => {
  it("is gone for everybody but staff, who still see what was decided", async () => {
    const { record, secret } = await integrated();
    const before = await get(record);
    const name = { site: "clinic", consentId: consentId("clinic", secret) };
    await installation.gateway.erasures.erase(name, "visitor");
    await installation.gateway.integrator.integrate();
    for (const headers of [{}, { Authorization: `Subject ${secret}` }])
      expect(await problem(await get(record, headers))).toEqual({
        status: 410,
        code: "record_erased",
      });
    const staff = await get(record, { Authorization: `Bearer ${await staffKey("compliance")}` });
    const receipt = await verified(staff);
    expect(JSON.parse(receipt.decision!)).toMatchObject({ id: record });
    expect(receipt.subject).toBeNull();
    // What the visitor was given earlier is as good as it was.
    expect((await verified(before)).index).toBe(receipt.index);
  });
});

describe("a receipt that is not there", () => {
  it.each([id(), "nonsense", "%00", `${"A".repeat(21)}B`])(
    "is not found under %j",
    async (record) => {
      expect(await problem(await get(record))).toEqual({ status: 404, code: "not_found" });
    },
  );

  it("is not found on another site", async () => {
    const { record } = await integrated();
    expect(await problem(await get(record, {}, "clinic-eu"))).toMatchObject({ code: "not_found" });
    expect(await problem(await get(record, {}, "nowhere"))).toMatchObject({ code: "site_unknown" });
  });
});

describe("pages", () => {
  it("of the site may read a receipt, with the secret too", async () => {
    const { record } = await integrated();
    const preflight = await installation.app.request(address(record), {
      method: "OPTIONS",
      headers: {
        Origin: origin,
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "authorization",
      },
    });
    expect(preflight.status).toBe(204);
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      "access-control-allow-origin": origin,
      "access-control-allow-methods": "GET",
      "access-control-allow-headers": "Authorization",
    });
    const response = await get(record, { Origin: origin });
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe(origin);
    expect(response.headers.get("Vary")).toContain("Origin");
  });

  it("of other sites may not", async () => {
    const { record } = await integrated();
    const elsewhere = { Origin: "https://elsewhere.test" };
    const preflight = await installation.app.request(address(record), {
      method: "OPTIONS",
      headers: elsewhere,
    });
    expect(preflight.status).toBe(403);
    const response = await get(record, elsewhere);
    expect(response.headers.get("Access-Control-Allow-Origin")).toBeNull();
  });
});
