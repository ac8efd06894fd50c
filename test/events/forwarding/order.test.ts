import { describe, expect, it } from "vitest";
import { ga4Service, metrikaService, origin, randomId, view } from "../installation.ts";
import { parametersOf } from "../vendor-server.ts";
import { openForwarding } from "./forwarding.ts";

const world = openForwarding();

describe("order and isolation", () => {
  it("keeps one visitor's events in order while the first one has to wait", async () => {
    world.only(metrikaService);
    const { token } = await world.installation.decide(randomId(), "granted", {
      "metrika-clean": "granted",
    });
    const other = await world.installation.decide(randomId(), "granted", {
      "metrika-clean": "granted",
    });
    await world.installation.accept(token, [
      view(),
      view({ name: "goal_a" }),
      view({ name: "goal_b" }),
    ]);
    world.vendor.answerStatus(503);
    await world.installation.forwarder.runOnce();
    world.vendor.answerStatus(200);
    await world.installation.accept(other.token, [view({ url: `${origin}/other` })]);
    world.installation.clock.at += 30_000;
    await world.forwardAll();
    const sent = world.vendor.received.map((request) => parametersOf(request));
    const first = sent.filter(({ dl }) => dl === `${origin}/services`);
    expect(first.map(({ ea, t }) => ea ?? t)).toEqual(["pageview", "pageview", "goal_a", "goal_b"]);
    expect(new Set(first.map(({ cid }) => cid)).size).toBe(1);
  });

  it("buries a poison event and forwards the others", async () => {
    world.only(metrikaService);
    const { token } = await world.installation.decide(randomId(), "granted", {
      "metrika-clean": "granted",
    });
    await world.installation.accept(token, [view({ name: "first" }), view({ name: "second" })]);
    await world.installation.storage.main.transaction((trx) =>
      trx.updateTable("outbox").set({ payload: "{not json" }).where("id", "=", 1).execute(),
    );
    await world.forwardAll();
    expect(world.vendor.received.map((request) => parametersOf(request)["ea"])).toEqual(["second"]);
    expect(await world.installation.outbox()).toMatchObject([
      { state: "dead", reason: "unreadable" },
    ]);
  });

  it("shares the work between processes without sending anything twice", async () => {
    world.only(ga4Service);
    const visitors = await Promise.all(
      Array.from({ length: 40 }, () =>
        world.installation.decide(randomId(), "granted", { "ga4-clean": "granted" }),
      ),
    );
    await Promise.all(
      visitors.map(({ token }, index) =>
        world.installation.accept(token, [
          view({ url: `${origin}/p/${index}` }),
          view({ name: "goal" }),
        ]),
      ),
    );
    const others = [world.installation.newForwarder(), world.installation.newForwarder()];
    for (let round = 0; round < 6; round++)
      await Promise.all([...others, world.installation.forwarder].map((each) => each.runOnce()));
    await Promise.all(others.map((each) => each.stop()));
    expect(world.vendor.received).toHaveLength(80);
    expect(
      new Set(world.vendor.received.map(({ query }) => `${query.get("cid")} ${query.get("en")}`))
        .size,
    ).toBe(80);
    expect(await world.installation.counts("ga4-clean")).toMatchObject({ delivered: 80 });
  });
});
