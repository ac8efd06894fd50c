/** Opt-out profiles and regions through the gateway's own doors. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SiteInput } from "../../gateway/contract/site.ts";
import { decodeTail } from "../../gateway/log/decision-half.ts";
import { grant, postFromPage, refusing } from "../gateway/decisions.ts";
import { openInstallation, type Installation } from "../gateway/installation.ts";
import { demoWith } from "../sites/demo-with.ts";

const origin = "https://www.clinic-eu.test";
const address = "203.0.113.77";
let installation: Installation;
/** Where the visitor is. */
let country: string | null = null;
let now = Date.UTC(2026, 5, 1, 23, 50);

async function publish(change: (site: SiteInput) => void = () => {}): Promise<void> {
  const files = await demoWith("clinic-eu", (site) => {
    site.validity = { ...site.validity, refusalDays: 365 };
    change(site);
  });
  await installation.gateway.sites.publish(files);
  now += 2000;
}
const americans = (site: SiteInput) => (site.jurisdictions = { us: ["US"], none: [] });

beforeAll(async () => {
  installation = await openInstallation({
    clock: { now: () => now },
    observe: {
      client: () => ({ address, behindProxy: false }),
      locate: () => ({ country, region: null }),
    },
  });
});
afterAll(() => installation.close());

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  postFromPage(installation, `/v1/sites/clinic-eu/${path}`, body, { Origin: origin, ...headers });
async function tokenFor(profile: string, headers?: Record<string, string>): Promise<string | null> {
  const answer = await post("token", { v: 1, profile }, headers);
  return ((await answer.json()) as { token: string | null }).token;
}
const batch = (token: string | null, url = `${origin}/eu`) => ({
  v: 1,
  token: token ?? "",
  language: "en",
  width: 1200,
  events: [{ name: "page_view", age: 0, url, referrer: "", title: "", params: {}, items: [] }],
});
const outbox = () =>
  installation.gateway.storage.main.read.selectFrom("outbox").selectAll().execute();
const balance = async () => {
  const rows = await installation.gateway.storage.main.read
    .selectFrom("event_counts")
    .selectAll()
    .execute();
  return rows.filter(({ outcome }) => outcome === "dropped_at_exit").length;
};

describe("the region", () => {
  const ask = async (headers: Record<string, string> = { Origin: origin }) =>
    installation.app.request("/v1/sites/clinic-eu/region", { headers });

  it("is the profile, not the country; nobody keeps it, and the address is nowhere", async () => {
    await publish(americans);
    const said: unknown[] = [];
    for (country of ["US", "DE", null]) {
      const answer = await ask();
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
      said.push(await answer.json());
    }
    expect(said).toEqual(["us", "eu", "eu"].map((jurisdiction) => ({ jurisdiction })));
    expect(installation.logged.join()).not.toContain(address);
  });

  it("is told to a page of the gateway's own origin, which sends no Origin, and no foreign script can read it", async () => {
    expect((await ask({})).status).toBe(200);
    const foreign = await ask({ Origin: "https://elsewhere.example" });
    expect(foreign.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("a token of nobody", () => {
  it("is the same for everybody who asks on a day, and of a site that has the profile", async () => {
    await publish(americans);
    const first = await tokenFor("us");
    expect(first).toMatch(/^[\w-]{40,}$/);
    expect(await tokenFor("us", { "User-Agent": "Another/1.0" })).toBe(first);
    expect(await tokenFor("none")).not.toBe(first);
    expect((await post("token", { v: 1, profile: "eu" })).status).toBe(400);
    now += 86_400_000;
    expect(await tokenFor("us")).not.toBe(first);
    await publish();
    expect(await tokenFor("us")).toBeNull();
  });

  it("is not for a browser that says no for its visitor", async () => {
    await publish(americans);
    expect(await tokenFor("us", { "Sec-GPC": "1" })).toBeNull();
  });

  it("lets events through to the vendors, of two requests without anything in common", async () => {
    await publish(americans);
    const token = await tokenFor("us");
    for (const _ of "ab") {
      const answer = await post("events", batch(token));
      expect(await answer.json()).toEqual({ accepted: 1, refused: {} });
    }
    const rows = await outbox();
    const subjects = rows.map(({ subject }) => Buffer.from(subject).toString("hex"));
    const services = new Set(rows.map(({ service }) => service));
    expect(new Set(subjects).size).toBe(2);
    expect(rows.length).toBe(2 * services.size);
    // It relies on the logged configuration that has the profile.
    const config = (await installation.gateway.sites.effective("clinic-eu"))!;
    const place = { log: rows[0]!.log, index: rows[0]!.idx };
    const relied = await installation.gateway.sites.loggedAt("clinic-eu", place);
    expect(relied?.hash).toBe(config.hash);
  });

  it("counts for nothing once the site has the profile no more: at the door, and at the exit", async () => {
    const token = await tokenFor("us");
    expect((await outbox()).length).toBeGreaterThan(0);
    await publish();
    const answer = await post("events", batch(token));
    expect(await answer.json()).toEqual({ accepted: 0, refused: { bad_token: 1 } });
    while ((await installation.gateway.forwarder.runOnce()) > 0);
    expect(await outbox()).toEqual([]);
    expect(await balance()).toBeGreaterThan(0);
  });

  it("ends with the day after", async () => {
    await publish(americans);
    const token = await tokenFor("us");
    now += 2 * 86_400_000;
    const answer = await post("events", batch(token));
    expect(await answer.json()).toEqual({ accepted: 0, refused: { expired_token: 1 } });
  });
});

describe("a decision", () => {
  it("names the profile in force, of those that the site has, and the record says it", async () => {
    await publish(americans);
    const config = (await installation.gateway.sites.effective("clinic-eu"))!;
    const denied = (ids: string[]) => Object.fromEntries(ids.map((id) => [id, "denied" as const]));
    const body = grant(config.hash, {
      ...refusing,
      control: "refuse-all",
      language: "en",
      time: Math.floor(now / 1000),
      purposes: denied(
        config.site.purposes.filter(({ essential }) => !essential).map(({ id }) => id),
      ),
      services: denied(config.site.services.map(({ id }) => id)),
    });
    const jurisdiction = { profile: "us", by: "region" } as const;
    const foreign = await post("consents", {
      ...body,
      jurisdiction: { profile: "ru", by: "page" },
    });
    expect(foreign.status).toBe(400);
    expect((await post("consents", { ...body, jurisdiction })).status).toBe(201);
    const [record] = await installation.gateway.storage.main.read
      .selectFrom("records as r")
      .innerJoin("decision_tails as t", "t.id", "r.tail")
      .select("t.tail")
      .execute();
    expect(decodeTail(Buffer.from(record!.tail).toString())).toMatchObject({ jurisdiction });
  });
});
