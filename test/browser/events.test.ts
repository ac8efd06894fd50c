/** Events of pages in gateway mode: from the visitor's click to the bytes a vendor received. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openClinic, type ClinicPage } from "./clinic.ts";
import { gatewayHost, sharedWorld } from "./world.ts";

const world = await sharedWorld();

const russian = "https://www.clinic.test";
const european = "https://www.clinic-eu.test";
const sentEvents = (site: string) => world.atGateway(`/v1/sites/${site}/events`);
/** What the gateway sent to the vendors, parsed. */
const forwarded = () =>
  world.demo.recording
    .hits()
    .filter(({ sender }) => sender === "server")
    .flatMap(({ vendor, events }) =>
      events.map((event): Record<string, string> => ({ vendor, ...event })),
    );

async function goal(clinic: ClinicPage): Promise<void> {
  await clinic.page.locator("button[data-goal]").first().click();
}

describe("a page view and a goal", () => {
  it("reach Metrika as cleaned interactions after a grant, the page view first", async () => {
    const clinic = await openClinic(
      await world.visitor(),
      `${russian}/contacts?utm_source=mail&yclid=42#map`,
    );
    await clinic.acceptAll();
    await goal(clinic);
    await expect
      .poll(() => forwarded().map(({ t, ea }) => ea ?? t), { timeout: 15_000 })
      .toEqual(["pageview", "route"]);
    const [view, reached] = forwarded();
    expect(view).toMatchObject({
      vendor: "metrika",
      tid: "10000002",
      dl: `${russian}/contacts`,
      dr: "",
    });
    expect(reached).toMatchObject({ t: "event", ea: "route", cid: view!.cid });
    expect(view!.cid).toMatch(/^\d+$/);
  });

  it("carry the campaign they came by only where the service's profile is balanced", async () => {
    const address = `${russian}/contacts?utm_source=mail&email=maria%40example.org&utm_term=dentist#map`;
    const visited = async () => {
      const clinic = await openClinic(await world.visitor(), address);
      await clinic.acceptAll();
      await expect.poll(() => forwarded().length, { timeout: 15_000 }).toBe(1);
      const [batch] = sentEvents("clinic").map(({ body }) => JSON.parse(body));
      return { sent: batch.events[0].url, received: forwarded()[0]!.dl };
    };
    const plain = `${russian}/contacts`;
    expect(await visited()).toEqual({ sent: plain, received: plain });
    await world.empty();

    await world.publish("clinic", ({ services }) => {
      for (const service of services) if (service.profile) service.profile = "balanced";
    });
    const campaign = `${plain}?utm_source=mail&utm_term=dentist`;
    expect(await visited()).toEqual({ sent: campaign, received: campaign });
    await world.publish("clinic", () => {});
  });

  it("reach Google Analytics and Metrika under different pseudonyms, without a vendor in the page", async () => {
    const clinic = await openClinic(await world.visitor(), `${european}/eu/contacts`);
    await clinic.acceptAll();
    await goal(clinic);
    await expect
      .poll(
        () =>
          forwarded()
            .map(({ vendor }) => vendor)
            .toSorted(),
        { timeout: 15_000 },
      )
      .toEqual(["ga4", "ga4", "metrika", "metrika"]);
    const hits = forwarded();
    const google = hits.filter(({ vendor }) => vendor === "ga4");
    expect(google.map(({ en }) => en)).toEqual(["page_view", "route"]);
    expect(google[0]).toMatchObject({ v: "2", tid: "G-RODNIK02", npa: "1" });
    expect(new Set(google.map(({ cid }) => cid)).size).toBe(1);
    expect(google[0]!.cid).not.toBe(hits.find(({ vendor }) => vendor === "metrika")!.cid);
    expect(world.atVendors()).toEqual([]);
    expect(world.demo.recording.hits().flatMap(({ problems }) => problems)).toEqual([]);
  });

  it("are not even sent by the page without a grant", async () => {
    const clinic = await openClinic(await world.visitor(), `${russian}/contacts`);
    await clinic.banner.waitFor();
    await goal(clinic);
    await clinic.refuseAll();
    await goal(clinic);
    await expect.poll(() => world.decisions("clinic").length).toBe(1);
    await clinic.page.waitForTimeout(1500);
    expect(sentEvents("clinic")).toEqual([]);
    expect(forwarded()).toEqual([]);
  });

  it("wait in memory only while the token is on its way, and are dropped with the page", async () => {
    const context = await world.visitor();
    const clinic = await openClinic(context, `${russian}/contacts`);
    await clinic.banner.waitFor();
    world.hosts.setTrouble(gatewayHost, "away");
    await clinic.acceptAll();
    for (let count = 0; count < 25; count += 1) await goal(clinic);
    const stored = await clinic.page.evaluate(() =>
      JSON.stringify({ ...localStorage, ...sessionStorage }),
    );
    expect(stored).not.toContain("route");
    world.hosts.setTrouble(gatewayHost, null);
    await clinic.page.evaluate(() => dispatchEvent(new Event("online")));
    // All that was kept arrives, and nothing more in the second after it.
    const events = () => sentEvents("clinic").flatMap(({ body }) => JSON.parse(body).events);
    await expect.poll(() => events().length, { timeout: 15_000 }).toBeGreaterThanOrEqual(20);
    await clinic.page.waitForTimeout(1000);
    expect(events().map(({ name }) => name)).toEqual(["page_view", ...Array(19).fill("route")]);
    expect(new Set(sentEvents("clinic").map(({ body }) => body)).size).toBe(
      sentEvents("clinic").length,
    );

    world.hosts.setTrouble(gatewayHost, "away");
    const other = await openClinic(await world.visitor());
    world.hosts.setTrouble(gatewayHost, null);
    await other.goto(`${russian}/contacts`);
    await other.banner.waitFor();
    world.hosts.setTrouble(gatewayHost, "away");
    await other.acceptAll();
    await goal(other);
    await other.goto("about:blank");
    world.hosts.setTrouble(gatewayHost, null);
    world.forget();
    await other.goto(`${russian}/policy`);
    await expect.poll(() => world.decisions("clinic").length, { timeout: 15_000 }).toBe(1);
    expect(sentEvents("clinic")).toEqual([]);
  });

  it("follow single-page navigation, mask what is to be masked and leave out what is excluded", async () => {
    const clinic = await openClinic(await world.visitor(), `${russian}/services`);
    await clinic.acceptAll();
    await expect.poll(() => forwarded().length, { timeout: 15_000 }).toBe(1);
    for (const path of ["/doctors/orlova?from=list", "/diseases/hypertension", "/contacts"])
      await clinic.page.evaluate((to) => history.pushState(null, "", to), path);
    await expect
      .poll(() => forwarded().map(({ dl }) => dl), { timeout: 15_000 })
      .toEqual([`${russian}/services`, `${russian}/doctors/masked`, `${russian}/contacts`]);
    const wire = JSON.stringify(world.hosts.arrivals.filter(({ method }) => method === "POST"));
    expect(wire).not.toContain("orlova");
    expect(wire).not.toContain("hypertension");
  });
});

describe("after a withdrawal", () => {
  it("events that were accepted but not yet sent never leave", async () => {
    const clinic = await openClinic(await world.visitor(), `${russian}/contacts`);
    // The vendor is down, so what was accepted stays in the outbox.
    world.demo.faults.set("metrika", { kind: "status", status: 503, retryAfter: 2 });
    await clinic.acceptAll();
    await expect.poll(() => sentEvents("clinic").length).toBeGreaterThan(0);
    await expect
      .poll(() => world.demo.recording.hits().length, { timeout: 15_000 })
      .toBeGreaterThan(0);
    await clinic.withdrawEverything();
    await expect.poll(() => world.decisions("clinic").length).toBe(2);
    world.demo.recording.clear();
    world.demo.faults.set("metrika", null);
    await expect
      .poll(() => world.gateway.storage.main.read.selectFrom("outbox").selectAll().execute(), {
        timeout: 30_000,
      })
      .toEqual([]);
    expect(forwarded()).toEqual([]);
    const dropped = await world.gateway.storage.main.read
      .selectFrom("event_counts")
      .select(["service", "count"])
      .where("site", "=", "clinic")
      .where("outcome", "=", "dropped_at_exit")
      .execute();
    expect(dropped).toEqual([{ service: "metrika-clean", count: expect.any(Number) }]);
  });
});

describe("identities", () => {
  it("are nowhere: not in the database files, the log, nor what left the gateway", async () => {
    const context = await world.visitor({
      userAgent:
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.7339.81 Safari/537.36",
    });
    Object.assign(world.hosts.proxyHeaders, {
      "X-Forwarded-For": "203.0.113.77",
      Forwarded: "for=203.0.113.77",
      "X-Real-IP": "203.0.113.77",
      "CF-Connecting-IP": "203.0.113.77",
    });
    const clinic = await openClinic(
      context,
      `${russian}/contacts?email=maria%40example.org&gclid=Cj0K_click`,
    );
    await clinic.acceptAll();
    // Before the choice is honoured, a frame after the click, a goal is nobody's.
    await clinic.page.waitForFunction("soglas.consent().decided");
    await clinic.page.evaluate(() =>
      (window as unknown as { soglas: { event(name: string, params: object): void } }).soglas.event(
        "lead",
        {
          phone: "+7 912 345-67-89",
          mail: "maria@example.org",
          card: "4111 1111 1111 1111",
          kind: "call",
        },
      ),
    );
    await expect.poll(() => forwarded().map(({ ea }) => ea), { timeout: 15_000 }).toContain("lead");
    const identities = [
      "203.0.113.77",
      "127.0.0.1",
      "maria",
      "Cj0K_click",
      "912 345",
      "9123456789",
      "4111",
      "140.0.7339.81",
      world.decisions("clinic").at(-1)!.secret,
    ];
    const left = world.demo.recording
      .hits()
      .filter(({ sender }) => sender === "server")
      .map(({ target, body, headers }) =>
        JSON.stringify({ target, body, headers: { ...headers, host: "" } }),
      );
    const places = {
      log: world.logged.join("\n"),
      left: left.join("\n"),
      ...(await databaseBytes()),
    };
    for (const [place, bytes] of Object.entries(places))
      for (const identity of identities)
        expect(bytes.includes(identity), `${identity} in ${place}`).toBe(false);
    expect(Object.keys(places)).toEqual(expect.arrayContaining(["main.sqlite", "keys.sqlite"]));
  });
});

async function databaseBytes(): Promise<Record<string, string>> {
  const names = (await readdir(world.folder)).filter((name) => name.includes(".sqlite"));
  const files = await Promise.all(
    names.map(async (name) => [name, await readFile(join(world.folder, name), "latin1")] as const),
  );
  return Object.fromEntries(files);
}
