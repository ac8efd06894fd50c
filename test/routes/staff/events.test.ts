import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { errorEnvelope } from "../../../gateway/contract/errors.ts";
import { balanceAnswer, deliveryList } from "../../../gateway/contract/staff/events.ts";
import type { Role } from "../../../gateway/contract/staff/staff.ts";
import { clinicOrigin, decide, grant, postFromPage } from "../../gateway/decisions.ts";
import { openInstallation, type Installation } from "../../gateway/installation.ts";
import { openVendor, type VendorServer } from "../../events/vendor-server.ts";
import { identities } from "../../privacy/identities.ts";

let vendor: VendorServer;
let installation: Installation;
let record: string;
beforeAll(async () => {
  vendor = await openVendor();
  installation = await openInstallation({
    vendors: {
      metrika: {
        collect: `${vendor.address}/collect`,
        tokens: { "87654321": "t", "12345678": "t" },
      },
    },
  });
  const { gateway } = installation;
  const config = (await gateway.sites.effective("clinic"))!.hash;
  const decision = grant(config);
  record = decision.id;
  const { token } = await decide(installation, decision);
  const events = [
    { name: "page_view", age: 0, url: `${clinicOrigin}/contacts` },
    {
      name: "booking",
      age: 0,
      url: `${clinicOrigin}/contacts`,
      params: { method: identities.email },
    },
  ];
  const body = { v: 1, token, events };
  await postFromPage(installation, "/v1/sites/clinic/events", body);
  await postFromPage(installation, "/v1/sites/clinic/events", body, {
    Origin: clinicOrigin,
    "User-Agent": "curl/8.5.0",
  });
  for (let round = 0; round < 5 && (await gateway.forwarder.runOnce()) > 0; round++);
});
afterAll(async () => {
  await installation.close();
  await vendor.close();
});

async function ask(path: string, role: Role = "auditor", site: string | null = null) {
  const { keys } = installation.gateway.staff;
  const { key, id } = await keys.create({ label: role, role, site, expiresAt: null });
  const headers = { Authorization: `Bearer ${key}` };
  const response = await installation.app.request(`/v1/staff/events/${path}`, { headers });
  return { id, status: response.status, body: await response.json() };
}

const year = "site=clinic&from=2000-01-01&to=2099-12-31";

describe("GET /v1/staff/events/balance", () => {
  it("says in one answer whether everything adds up, and leaves a trace", async () => {
    const { id, body } = await ask(`balance?${year}`);
    const { addsUp, days } = balanceAnswer.parse(body);
    expect(addsUp).toBe(true);
    expect(days[0]).toMatchObject({ received: 4, accepted: 2, refused: { bot: 2 } });
    expect(days[0]!.services).toMatchObject([
      { service: "metrika-clean", received: 2, accepted: 2, delivered: 2, values: { email: 1 } },
    ]);
    const trail = await installation.gateway.staff.audit.list({
      sites: ["clinic"],
      keyId: id,
      limit: 5,
    });
    expect(trail).toMatchObject([
      { action: "events.balance", count: 1, detail: { site: "clinic", to: "2099-12-31" } },
    ]);
  });

  it.each([
    ["balance?site=clinic", 400, "invalid_query"],
    ["balance?site=clinic&from=yesterday&to=2026-01-01", 400, "invalid_query"],
    [`balance?site=nowhere&from=2026-01-01&to=2026-01-01`, 404, "not_found"],
    [`deliveries?site=clinic&cursor=${identities.email}`, 400, "invalid_query"],
  ])("%s is answered %d", async (path, status, code) => {
    const { status: given, body } = await ask(path);
    expect([given, errorEnvelope.parse(body).error.code]).toEqual([status, code]);
    expect(JSON.stringify(body)).not.toContain(identities.email);
  });

  it("is not for backends, nor for keys of other sites", async () => {
    for (const path of [`balance?${year}`, "deliveries?site=clinic"]) {
      expect((await ask(path, "backend")).status).toBe(403);
      expect((await ask(path, "auditor", "clinic-eu")).status).toBe(404);
    }
  });
});

describe("GET /v1/staff/events/deliveries", () => {
  it("answers under which consent events were forwarded", async () => {
    const { deliveries } = deliveryList.parse((await ask("deliveries?site=clinic")).body);
    expect(deliveries).toMatchObject([{ service: "metrika-clean", record, count: 2 }]);
    const own = deliveryList.parse((await ask(`deliveries?site=clinic&record=${record}`)).body);
    expect(own.deliveries).toEqual(deliveries);
  });
});

describe("/metrics", () => {
  it("counts events as the database does, so that a restart loses nothing", async () => {
    const lines = async () =>
      (await (await installation.app.request("/metrics")).text())
        .split("\n")
        .filter((line) => line.startsWith("soglas_event"));
    const first = await lines();
    expect(first).toEqual(
      expect.arrayContaining([
        'soglas_events_total{site="clinic",service="*",outcome="received"} 4',
        'soglas_events_total{site="clinic",service="*",outcome="bot"} 2',
        'soglas_events_total{site="clinic",service="metrika-clean",outcome="delivered"} 2',
        'soglas_event_values_dropped_total{site="clinic",service="metrika-clean",kind="email"} 1',
      ]),
    );
    expect(await lines()).toEqual(first);
  });
});
