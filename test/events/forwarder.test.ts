import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { identities } from "../privacy/identities.ts";
import {
  ga4Service,
  metrikaService,
  openInstallation,
  origin,
  randomId,
  siteConfig,
  view,
  type Installation,
} from "./installation.ts";
import { openVendor, parametersOf, type VendorServer } from "./vendor-server.ts";

let vendor: VendorServer;
let installation: Installation;
beforeEach(async () => {
  vendor = await openVendor();
  installation = await openInstallation({ vendor: vendor.address });
});
afterEach(async () => {
  await installation.close();
  await vendor.close();
});

/** Works until nothing is due. */
async function forwardAll(): Promise<void> {
  while ((await installation.forwarder.runOnce()) > 0);
}

const only = (service: typeof ga4Service | typeof metrikaService) =>
  installation.configs.push(siteConfig({ services: [service] }, `only ${service.id}`));

describe("what leaves the gateway", () => {
  it("is exactly this for a page view, to both vendors", async () => {
    const { token } = await installation.decide(randomId(), "granted");
    await installation.accept(token, [
      view({ url: `${origin}/services/skin?gclid=x`, referrer: `${origin}/`, title: "Skin" }),
    ]);
    await forwardAll();

    const ga4 = vendor.received.find(({ path }) => path === "/g/collect")!;
    const since = String(Date.UTC(2026, 2, 14) / 1000);
    const { cid, ...hit } = Object.fromEntries(ga4.query);
    expect(cid).toMatch(new RegExp(`^\\d{1,8}\\.${since}$`));
    expect(hit).toEqual({
      v: "2",
      tid: "G-TEST0001",
      _p: "1073741824",
      sid: since,
      sct: "1",
      seg: "1",
      _s: "1",
      gcs: "G1-1",
      npa: "1",
      en: "page_view",
      dl: `${origin}/services/skin`,
      dr: `${origin}/`,
      ul: "ru",
      sr: "1920x1080",
    });
    expect([ga4.method, ga4.body]).toEqual(["POST", ""]);
    expect(headersOf(ga4.rawHeaders)).toEqual({
      host: vendor.address.slice("http://".length),
      connection: "keep-alive",
      "user-agent":
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
      "content-length": "0",
    });

    const metrika = vendor.received.find(({ path }) => path === "/collect")!;
    const { cid: clientId, ...interaction } = Object.fromEntries(new URLSearchParams(metrika.body));
    expect(clientId).toMatch(new RegExp(`^${since}\\d{8}$`));
    expect(clientId).not.toBe(`${since}${cid!.split(".")[0]!.padStart(8, "0")}`);
    expect(interaction).toEqual({
      tid: "12345678",
      t: "pageview",
      dl: `${origin}/services/skin`,
      et: String(Math.floor(installation.clock.at / 1000)),
      ms: "measurement-token",
      dr: `${origin}/`,
      dt: "/services/skin",
    });
    expect([metrika.method, [...metrika.query]]).toEqual(["POST", []]);
    expect(Object.keys(headersOf(metrika.rawHeaders)).toSorted()).toEqual([
      "connection",
      "content-length",
      "content-type",
      "host",
      "user-agent",
    ]);
  });

  it("leaves nothing behind but counts and the decision each delivery relied on", async () => {
    const { token, subject } = await installation.decide(randomId(), "granted");
    await installation.accept(token, [view(), view({ name: "booking_sent" })]);
    await forwardAll();
    expect(await installation.outbox()).toEqual([]);
    const decision = (await installation.log.inForce([subject])).get(
      Buffer.from(subject).toString("hex"),
    )!;
    const delivery = { site: "clinic", day: "2026-03-14", log: decision.log, idx: decision.index };
    expect(await installation.deliveries()).toEqual([
      { ...delivery, service: "ga4-clean", count: 2 },
      { ...delivery, service: "metrika-clean", count: 2 },
    ]);
    expect(await installation.counts("metrika-clean")).toEqual({
      received: 2,
      accepted: 2,
      delivered: 2,
    });
  });

  it("gives a visitor another pseudonym every UTC day, and keeps it within one", async () => {
    only(ga4Service);
    const { token } = await installation.decide(randomId(), "granted");
    await installation.accept(token, [view(), view({ name: "goal" })]);
    await forwardAll();
    installation.clock.at += 14 * 3_600_000;
    await installation.accept(token, [view(), view({ age: 36_000_000 })]);
    await forwardAll();
    const ids = vendor.received.map(({ query }) => query.get("cid"));
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(ids[2]!.split(".")[0]).not.toBe(ids[0]!.split(".")[0]);
    expect(ids[3]).toBe(ids[0]);
  });

  it("keeps a visitor's pseudonym for the month under `balanced`, a session a day", async () => {
    const service = { ...ga4Service, profile: "balanced" as const };
    installation.configs.push(siteConfig({ services: [service] }, "balanced"));
    const { token } = await installation.decide(randomId(), "granted");
    for (const hours of [0, 14]) {
      installation.clock.at += hours * 3_600_000;
      await installation.accept(token, [view()]);
      await forwardAll();
    }
    const sent = vendor.received.map(({ query }) => [query.get("cid"), query.get("sid")]);
    const march = String(Date.UTC(2026, 2, 1) / 1000);
    expect(sent[0]![0]).toMatch(new RegExp(`^\\d{1,8}\\.${march}$`));
    expect(sent[1]![0]).toBe(sent[0]![0]);
    expect(sent.map(([, sid]) => Number(sid) * 1000)).toEqual([
      Date.UTC(2026, 2, 14),
      Date.UTC(2026, 2, 15),
    ]);
  });

  it("holds no planted identity in any byte, and neither does the disk afterwards", async () => {
    const { token } = await installation.decide(randomId(), "granted");
    const values = Object.values(identities);
    for (const value of values) {
      const escaped = encodeURIComponent(value);
      await installation.accept(token, [
        view({
          url: `${origin}/${escaped}?a=${escaped}`,
          referrer: `${origin}/${escaped}`,
          title: value,
        }),
        view({
          name: "goal",
          url: `${origin}/a/${escaped}`,
          params: { method: value, level: value },
        }),
      ]);
    }
    vendor.answerStatus(400);
    await forwardAll();
    expect(vendor.received).toHaveLength(values.length * 4);
    const sent = vendor.received.map(({ rawHeaders, query, body, path }) =>
      [path, ...rawHeaders, ...[...query].flat(), decodeURIComponent(body)].join("\n"),
    );
    const everything = Buffer.concat([
      Buffer.from(sent.join("\n")),
      await installation.bytesOnDisk(),
    ]);
    for (const value of values)
      for (const form of [value, encodeURIComponent(value), value.slice(-12)])
        expect(everything.indexOf(form), form).toBe(-1);
  });
});

describe("consent at the exit", () => {
  it("drops what was queued before a withdrawal", async () => {
    const secret = randomId();
    const { token } = await installation.decide(secret, "granted");
    await installation.accept(token, [view()]);
    await installation.decide(secret, "denied");
    await forwardAll();
    expect(vendor.received).toEqual([]);
    expect(await installation.outbox()).toEqual([]);
    expect(await installation.counts("ga4-clean")).toMatchObject({ dropped_at_exit: 1 });
    expect(await installation.deliveries()).toEqual([]);
  });

  it("decides per service", async () => {
    const secret = randomId();
    const { token } = await installation.decide(secret, "granted");
    await installation.accept(token, [view()]);
    await installation.decide(secret, "granted", {
      "ga4-clean": "denied",
      "metrika-clean": "granted",
    });
    await forwardAll();
    expect(vendor.received.map(({ path }) => path)).toEqual(["/collect"]);
  });

  it("drops what outlived its decision's validity", async () => {
    only(metrikaService);
    const { token } = await installation.decide(randomId(), "granted", {
      "metrika-clean": "granted",
    });
    installation.clock.at += 30 * 86_400_000 - 1000;
    const fresh = installation.tokens.seal({
      ...installation.tokens.open("clinic", token, 0),
      expires: Math.floor(installation.clock.at / 1000) + 3600,
    });
    await installation.accept(fresh, [view()]);
    installation.clock.at += 2000;
    await forwardAll();
    expect(vendor.received).toEqual([]);
    expect(await installation.counts("metrika-clean")).toMatchObject({ dropped_at_exit: 1 });
  });

  it.each([
    ["is gone", []],
    ["became a tag", [{ ...ga4Service, mode: "tag" as const }]],
    [
      "points at another recipient",
      [{ ...ga4Service, recipient: { name: "Other", country: "RU" } }],
    ],
    [
      "lies abroad without attestation",
      [{ ...ga4Service, recipient: { ...ga4Service.recipient, crossBorder: true } }],
    ],
  ])("drops events of a service that meanwhile %s", async (_, services) => {
    only(ga4Service);
    const { token } = await installation.decide(randomId(), "granted", { "ga4-clean": "granted" });
    await installation.accept(token, [view()]);
    installation.configs.push(siteConfig({ services }, "changed"));
    await forwardAll();
    expect(vendor.received).toEqual([]);
    expect(await installation.counts("ga4-clean")).toMatchObject({ dropped_at_exit: 1 });
  });

  it("does not bring back what was collected before a withdrawal when the visitor grants again", async () => {
    only(ga4Service);
    const secret = randomId();
    const first = await installation.decide(secret, "granted");
    await installation.accept(first.token, [view({ name: "before" })]);
    await installation.decide(secret, "denied");
    await installation.accept(first.token, [view({ name: "after" })]);
    const again = await installation.decide(secret, "granted");
    await installation.accept(again.token, [view({ name: "anew" })]);
    await forwardAll();
    expect(vendor.received.map(({ query }) => query.get("en"))).toEqual(["anew"]);
    expect(await installation.counts("ga4-clean")).toMatchObject({ dropped_at_exit: 2 });
  });

  it("drops what happened before the grant, or while it was withdrawn, whenever it is told", async () => {
    only(ga4Service);
    const secret = randomId();
    const hours = (count: number) => count * 3_600_000;
    const { token } = await installation.decide(secret, "granted");
    await installation.accept(token, [view({ name: "before_it", age: hours(1) })]);
    await forwardAll();
    installation.clock.at += hours(1);
    await installation.decide(secret, "denied");
    installation.clock.at += hours(2);
    const again = await installation.decide(secret, "granted");
    await installation.accept(again.token, [view({ name: "withdrawn", age: hours(1) })]);
    await forwardAll();
    installation.clock.at += hours(1);
    const renewed = await installation.decide(secret, "granted");
    await installation.accept(renewed.token, [
      view({ name: "still_withdrawn", age: hours(2) }),
      view({ name: "under_the_last_but_one", age: hours(0.5) }),
      view({ name: "under_the_last" }),
    ]);
    await forwardAll();
    expect(vendor.received.map(({ query }) => query.get("en"))).toEqual([
      "under_the_last_but_one",
      "under_the_last",
    ]);
    expect(await installation.counts("ga4-clean")).toMatchObject({ dropped_at_exit: 3 });
  });

  it("keeps what was collected under an earlier grant that was only renewed", async () => {
    only(ga4Service);
    const secret = randomId();
    const { token } = await installation.decide(secret, "granted");
    await installation.accept(token, [view({ name: "early" })]);
    await installation.decide(secret, "granted");
    await forwardAll();
    expect(vendor.received.map(({ query }) => query.get("en"))).toEqual(["early"]);
  });

  it("sends nothing while the log cannot be read, and everything once it can", async () => {
    const { token } = await installation.decide(randomId(), "granted");
    await installation.accept(token, [view()]);
    const blind = installation.newForwarder({
      log: {
        inForce: () => Promise.reject(new Error("unreachable")),
        grantedSince: () => Promise.reject(new Error("unreachable")),
      },
    });
    expect(await blind.runOnce()).toBe(2);
    await blind.stop();
    expect(vendor.received).toEqual([]);
    expect(await installation.forwarder.runOnce()).toBe(0);
    installation.clock.at += 10_000;
    await forwardAll();
    expect(vendor.received).toHaveLength(2);
  });
});

describe("order and isolation", () => {
  it("keeps one visitor's events in order while the first one has to wait", async () => {
    only(metrikaService);
    const { token } = await installation.decide(randomId(), "granted", {
      "metrika-clean": "granted",
    });
    const other = await installation.decide(randomId(), "granted", { "metrika-clean": "granted" });
    await installation.accept(token, [view(), view({ name: "goal_a" }), view({ name: "goal_b" })]);
    vendor.answerStatus(503);
    await installation.forwarder.runOnce();
    vendor.answerStatus(200);
    await installation.accept(other.token, [view({ url: `${origin}/other` })]);
    installation.clock.at += 30_000;
    await forwardAll();
    const sent = vendor.received.map((request) => parametersOf(request));
    const first = sent.filter(({ dl }) => dl === `${origin}/services`);
    expect(first.map(({ ea, t }) => ea ?? t)).toEqual(["pageview", "pageview", "goal_a", "goal_b"]);
    expect(new Set(first.map(({ cid }) => cid)).size).toBe(1);
  });

  it("buries a poison event and forwards the others", async () => {
    only(metrikaService);
    const { token } = await installation.decide(randomId(), "granted", {
      "metrika-clean": "granted",
    });
    await installation.accept(token, [view({ name: "first" }), view({ name: "second" })]);
    await installation.storage.main.transaction((trx) =>
      trx.updateTable("outbox").set({ payload: "{not json" }).where("id", "=", 1).execute(),
    );
    await forwardAll();
    expect(vendor.received.map((request) => parametersOf(request)["ea"])).toEqual(["second"]);
    expect(await installation.outbox()).toMatchObject([{ state: "dead", reason: "unreadable" }]);
  });

  it("shares the work between processes without sending anything twice", async () => {
    only(ga4Service);
    const visitors = await Promise.all(
      Array.from({ length: 40 }, () =>
        installation.decide(randomId(), "granted", { "ga4-clean": "granted" }),
      ),
    );
    await Promise.all(
      visitors.map(({ token }, index) =>
        installation.accept(token, [view({ url: `${origin}/p/${index}` }), view({ name: "goal" })]),
      ),
    );
    const others = [installation.newForwarder(), installation.newForwarder()];
    for (let round = 0; round < 6; round++)
      await Promise.all([...others, installation.forwarder].map((each) => each.runOnce()));
    await Promise.all(others.map((each) => each.stop()));
    expect(vendor.received).toHaveLength(80);
    expect(
      new Set(vendor.received.map(({ query }) => `${query.get("cid")} ${query.get("en")}`)).size,
    ).toBe(80);
    expect(await installation.counts("ga4-clean")).toMatchObject({ delivered: 80 });
  });
});

describe("when the vendor fails", () => {
  async function accepted(service: typeof ga4Service | typeof metrikaService) {
    only(service);
    const { token } = await installation.decide(randomId(), "granted", { [service.id]: "granted" });
    await installation.accept(token, [view()]);
    await installation.forwarder.runOnce();
    return (await installation.outbox())[0];
  }

  it.each([500, 503, 429])("repeats to Metrika what was answered with %i", async (status) => {
    vendor.answerStatus(status, { "retry-after": "90" });
    const row = await accepted(metrikaService);
    expect(row).toMatchObject({ state: "queued", attempts: 1, leased_until: 0 });
    expect(row!.due_at - installation.clock.at).toBe(90_000);
    vendor.answerStatus(200);
    await installation.forwarder.runOnce();
    expect(vendor.received).toHaveLength(1);
    installation.clock.at += 90_000;
    await forwardAll();
    expect(vendor.received).toHaveLength(2);
    expect(await installation.outbox()).toEqual([]);
  });

  it.each([
    ["ga4", 500, "failed_at_vendor"],
    ["ga4", 429, "failed_at_vendor"],
    ["ga4", 404, "refused_by_vendor"],
    ["ga4", 302, "refused_by_vendor"],
    ["metrika", 400, "refused_by_vendor"],
  ])("does not repeat to %s what was answered with %i", async (id, status, reason) => {
    vendor.answerStatus(status, { location: `${vendor.address}/elsewhere` });
    const row = await accepted(id === "ga4" ? ga4Service : metrikaService);
    expect(row).toMatchObject({ state: "dead", reason });
    installation.clock.at += 3_600_000;
    await forwardAll();
    expect(vendor.received).toHaveLength(1);
  });

  it.each([
    ["hangs", "ga4"],
    ["hangs", "metrika"],
    ["resets", "ga4"],
    ["resets", "metrika"],
  ])("buries what had no answer because the vendor %s (%s)", async (failure, id) => {
    if (failure === "hangs") vendor.hang();
    else vendor.reset();
    const row = await accepted(id === "ga4" ? ga4Service : metrikaService);
    expect(row).toMatchObject({ state: "dead", reason: "unknown_outcome" });
    expect(vendor.received).toHaveLength(1);
  });

  it("counts an answer whose body never ends as the answer it is", async () => {
    vendor.answerWith((response) => response.writeHead(200, { "content-length": "10" }).write("x"));
    expect(await accepted(metrikaService)).toBeUndefined();
  });

  it("tries again what never left", async () => {
    only(ga4Service);
    const { token } = await installation.decide(randomId(), "granted", { "ga4-clean": "granted" });
    await vendor.close();
    await installation.accept(token, [view()]);
    await installation.forwarder.runOnce();
    expect((await installation.outbox())[0]).toMatchObject({ state: "queued", attempts: 1 });
  });

  it("leaves a failing destination alone for a while, and the other one untouched", async () => {
    vendor.answerWith((response, { path }) =>
      response.writeHead(path === "/collect" ? 503 : 204).end(),
    );
    const tokens = await Promise.all(
      Array.from(
        { length: 3 },
        async () => (await installation.decide(randomId(), "granted")).token,
      ),
    );
    for (const token of tokens) {
      await installation.accept(token, [view()]);
      await forwardAll();
    }
    const paths = () => vendor.received.map(({ path }) => path).toSorted();
    const first = paths();
    expect(first).toEqual([...Array(3).fill("/collect"), ...Array(3).fill("/g/collect")]);

    const last = await installation.decide(randomId(), "granted");
    await installation.accept(last.token, [view()]);
    await forwardAll();
    expect(paths()).toEqual([...first, "/g/collect"]);
    const waiting = await installation.outbox();
    expect(waiting.map(({ attempts }) => attempts)).toEqual([1, 1, 1, 0]);
  });

  it("does not touch the backlog of a paused destination, and comes back to it", async () => {
    only(metrikaService);
    const visitors = await Promise.all(
      Array.from({ length: 100 }, () =>
        installation.decide(randomId(), "granted", { "metrika-clean": "granted" }),
      ),
    );
    await Promise.all(visitors.map(({ token }) => installation.accept(token, [view()])));
    vendor.answerStatus(503);
    expect(await installation.forwarder.runOnce()).toBe(64);
    const before = await installation.outbox();
    const untried = before.filter(({ attempts }) => attempts === 0);
    expect(untried.length).toBe(100 - vendor.received.length);
    // What was claimed and not sent waits for the end of the pause.
    const claimed = untried.slice(0, 64 - vendor.received.length);
    expect(new Set(claimed.map(({ due_at }) => due_at)).size).toBe(1);

    expect(await installation.forwarder.runOnce()).toBe(0);
    expect(await installation.outbox()).toEqual(before);

    vendor.answerStatus(204);
    installation.clock.at += 10_000;
    await forwardAll();
    expect(await installation.outbox()).toEqual([]);
    expect(await installation.counts("metrika-clean")).toMatchObject({ delivered: 100 });
  });

  it("gives up on hits of yesterday, and not on what the backend told of, for as long as GA4 takes it", async () => {
    only(ga4Service);
    const { token } = await installation.decide(randomId(), "granted");
    await installation.accept(token, [view()]);
    const paid = view({ name: "purchase", params: { transaction_id: "A-1", value: 10 } });
    await installation.accept(token, [paid], {}, {}, "server");
    const told = Math.floor(installation.clock.at / 1000) * 1_000_000;
    installation.clock.at += 71 * 3_600_000;
    await forwardAll();
    expect(vendor.received.map(({ path, body }) => [path, JSON.parse(body)])).toMatchObject([
      ["/mp/collect", { timestamp_micros: told, events: [{ name: "purchase" }] }],
    ]);
    expect(await installation.outbox()).toMatchObject([{ state: "dead", reason: "too_old" }]);
    expect(await installation.counts("ga4-clean")).toMatchObject({ dead: 1, delivered: 1 });
  });

  it("gives up on events older than Metrika takes", async () => {
    only(metrikaService);
    const { token } = await installation.decide(randomId(), "granted", {
      "metrika-clean": "granted",
    });
    await installation.accept(token, [view()]);
    installation.clock.at += 12 * 3_600_000;
    await forwardAll();
    expect(vendor.received).toEqual([]);
    expect(await installation.outbox()).toMatchObject([{ state: "dead", reason: "too_old" }]);
  });
});

describe("stopping and dying", () => {
  it("does not send again what a dead forwarder may have sent", async () => {
    const { token } = await installation.decide(randomId(), "granted");
    await installation.accept(token, [view()]);
    // The forwarder dies between the vendor's answer and its own commit.
    const { main } = installation.storage;
    const dying = installation.newForwarder({
      storage: {
        main: {
          ...main,
          call: (procedure, input) =>
            procedure.name === "settle"
              ? Promise.reject(new Error("killed"))
              : main.call(procedure, input),
        },
      },
    });
    await expect(dying.runOnce()).rejects.toThrow("killed");
    await dying.stop();
    expect(vendor.received).toHaveLength(2);

    await forwardAll();
    expect(await installation.outbox()).toMatchObject([{ state: "queued" }, { state: "queued" }]);
    installation.clock.at += 61_000;
    await forwardAll();
    expect(vendor.received).toHaveLength(2);
    expect(await installation.outbox()).toMatchObject([
      { state: "dead", reason: "unknown_outcome" },
      { state: "dead", reason: "unknown_outcome" },
    ]);
    expect(await installation.counts("ga4-clean")).toMatchObject({ accepted: 1, dead: 1 });
  });

  it("says nothing about events that another forwarder took over meanwhile", async () => {
    only(ga4Service);
    const { token } = await installation.decide(randomId(), "granted", { "ga4-clean": "granted" });
    await installation.accept(token, [view()]);
    vendor.answerWith((response) => {
      installation.clock.at += 61_000;
      void installation
        .newForwarder()
        .runOnce()
        .then(() => response.writeHead(204).end());
    });
    const slow = installation.newForwarder({ timeout: 5000 });
    await slow.runOnce();
    await slow.stop();
    expect(await installation.counts("ga4-clean")).toEqual({ received: 1, accepted: 1, dead: 1 });
    expect(await installation.deliveries()).toEqual([]);
  });

  it("finishes what is on its way, hands back the rest, and wakes for what is queued", async () => {
    only(ga4Service);
    const visitors = await Promise.all(
      Array.from({ length: 30 }, () =>
        installation.decide(randomId(), "granted", { "ga4-clean": "granted" }),
      ),
    );
    const release: (() => void)[] = [];
    vendor.answerWith((response) => release.push(() => response.writeHead(204).end()));
    const { forwarder } = installation;
    forwarder.start();
    await Promise.all(visitors.map(({ token }) => installation.accept(token, [view()])));
    await vendor.arrived(1);
    vendor.answerWith((response) => response.writeHead(204).end());
    const stopped = forwarder.stop();
    for (const answer of release) answer();
    await stopped;
    const left = await installation.outbox();
    expect(vendor.received.length + left.length).toBe(30);
    expect(left.length).toBeGreaterThan(0);
    for (const row of left)
      expect(row).toMatchObject({ state: "queued", attempts: 0, leased_until: 0 });
    expect(await installation.counts("ga4-clean")).toMatchObject({
      delivered: vendor.received.length,
    });
  });
});

function headersOf(raw: string[]): Record<string, string> {
  const pairs = raw.flatMap((name, at) =>
    at % 2 === 0 ? [[name.toLowerCase(), raw[at + 1]!] as const] : [],
  );
  return Object.fromEntries(pairs);
}
