import { describe, expect, it } from "vitest";
import { ga4Service, metrikaService, randomId, view } from "../installation.ts";
import { openForwarding } from "./forwarding.ts";

const world = openForwarding();

describe("when the vendor fails", () => {
  async function accepted(service: typeof ga4Service | typeof metrikaService) {
    world.only(service);
    const { token } = await world.installation.decide(randomId(), "granted", {
      [service.id]: "granted",
    });
    await world.installation.accept(token, [view()]);
    await world.installation.forwarder.runOnce();
    return (await world.installation.outbox())[0];
  }

  it.each([500, 503, 429])("repeats to Metrika what was answered with %i", async (status) => {
    world.vendor.answerStatus(status, { "retry-after": "90" });
    const row = await accepted(metrikaService);
    expect(row).toMatchObject({ state: "queued", attempts: 1, leased_until: 0 });
    expect(row!.due_at - world.installation.clock.at).toBe(90_000);
    world.vendor.answerStatus(200);
    await world.installation.forwarder.runOnce();
    expect(world.vendor.received).toHaveLength(1);
    world.installation.clock.at += 90_000;
    await world.forwardAll();
    expect(world.vendor.received).toHaveLength(2);
    expect(await world.installation.outbox()).toEqual([]);
  });

  it.each([
    ["ga4", 500, "failed_at_vendor"],
    ["ga4", 429, "failed_at_vendor"],
    ["ga4", 404, "refused_by_vendor"],
    ["ga4", 302, "refused_by_vendor"],
    ["metrika", 400, "refused_by_vendor"],
  ])("does not repeat to %s what was answered with %i", async (id, status, reason) => {
    world.vendor.answerStatus(status, { location: `${world.vendor.address}/elsewhere` });
    const row = await accepted(id === "ga4" ? ga4Service : metrikaService);
    expect(row).toMatchObject({ state: "dead", reason });
    world.installation.clock.at += 3_600_000;
    await world.forwardAll();
    expect(world.vendor.received).toHaveLength(1);
  });

  it.each([
    ["hangs", "ga4"],
    ["hangs", "metrika"],
    ["resets", "ga4"],
    ["resets", "metrika"],
  ])("buries what had no answer because the vendor %s (%s)", async (failure, id) => {
    if (failure === "hangs") world.vendor.hang();
    else world.vendor.reset();
    const row = await accepted(id === "ga4" ? ga4Service : metrikaService);
    expect(row).toMatchObject({ state: "dead", reason: "unknown_outcome" });
    expect(world.vendor.received).toHaveLength(1);
  });

  it("counts an answer whose body never ends as the answer it is", async () => {
    world.vendor.answerWith((response) =>
      response.writeHead(200, { "content-length": "10" }).write("x"),
    );
    expect(await accepted(metrikaService)).toBeUndefined();
  });

  it("tries again what never left", async () => {
    world.only(ga4Service);
    const { token } = await world.installation.decide(randomId(), "granted", {
      "ga4-clean": "granted",
    });
    await world.vendor.close();
    await world.installation.accept(token, [view()]);
    await world.installation.forwarder.runOnce();
    expect((await world.installation.outbox())[0]).toMatchObject({ state: "queued", attempts: 1 });
  });

  it("leaves a failing destination alone for a while, and the other one untouched", async () => {
    world.vendor.answerWith((response, { path }) =>
      response.writeHead(path === "/collect" ? 503 : 204).end(),
    );
    const tokens = await Promise.all(
      Array.from(
        { length: 3 },
        async () => (await world.installation.decide(randomId(), "granted")).token,
      ),
    );
    for (const token of tokens) {
      await world.installation.accept(token, [view()]);
      await world.forwardAll();
    }
    const paths = () => world.vendor.received.map(({ path }) => path).toSorted();
    const first = paths();
    expect(first).toEqual([...Array(3).fill("/collect"), ...Array(3).fill("/g/collect")]);

    const last = await world.installation.decide(randomId(), "granted");
    await world.installation.accept(last.token, [view()]);
    await world.forwardAll();
    expect(paths()).toEqual([...first, "/g/collect"]);
    const waiting = await world.installation.outbox();
    expect(waiting.map(({ attempts }) => attempts)).toEqual([1, 1, 1, 0]);
  });

  it("does not touch the backlog of a paused destination, and comes back to it", async () => {
    world.only(metrikaService);
    const visitors = await Promise.all(
      Array.from({ length: 100 }, () =>
        world.installation.decide(randomId(), "granted", { "metrika-clean": "granted" }),
      ),
    );
    await Promise.all(visitors.map(({ token }) => world.installation.accept(token, [view()])));
    world.vendor.answerStatus(503);
    expect(await world.installation.forwarder.runOnce()).toBe(64);
    const before = await world.installation.outbox();
    const untried = before.filter(({ attempts }) => attempts === 0);
    expect(untried.length).toBe(100 - world.vendor.received.length);
    // What was claimed and not sent waits for the end of the pause.
    const claimed = untried.slice(0, 64 - world.vendor.received.length);
    expect(new Set(claimed.map(({ due_at }) => due_at)).size).toBe(1);

    expect(await world.installation.forwarder.runOnce()).toBe(0);
    expect(await world.installation.outbox()).toEqual(before);

    world.vendor.answerStatus(204);
    world.installation.clock.at += 10_000;
    await world.forwardAll();
    expect(await world.installation.outbox()).toEqual([]);
    expect(await world.installation.counts("metrika-clean")).toMatchObject({ delivered: 100 });
  });

  it("gives up on hits of yesterday, and not on what the backend told of, for as long as GA4 takes it", async () => {
    world.only(ga4Service);
    const { token } = await world.installation.decide(randomId(), "granted");
    await world.installation.accept(token, [view()]);
    const paid = view({ name: "purchase", params: { transaction_id: "A-1", value: 10 } });
    await world.installation.accept(token, [paid], {}, {}, "server");
    const told = Math.floor(world.installation.clock.at / 1000) * 1_000_000;
    world.installation.clock.at += 71 * 3_600_000;
    await world.forwardAll();
    expect(world.vendor.received.map(({ path, body }) => [path, JSON.parse(body)])).toMatchObject([
      ["/mp/collect", { timestamp_micros: told, events: [{ name: "purchase" }] }],
    ]);
    expect(await world.installation.outbox()).toMatchObject([{ state: "dead", reason: "too_old" }]);
    expect(await world.installation.counts("ga4-clean")).toMatchObject({ dead: 1, delivered: 1 });
  });

  it("gives up on events older than Metrika takes", async () => {
    world.only(metrikaService);
    const { token } = await world.installation.decide(randomId(), "granted", {
      "metrika-clean": "granted",
    });
    await world.installation.accept(token, [view()]);
    world.installation.clock.at += 12 * 3_600_000;
    await world.forwardAll();
    expect(world.vendor.received).toEqual([]);
    expect(await world.installation.outbox()).toMatchObject([{ state: "dead", reason: "too_old" }]);
  });
});
