import { describe, expect, it } from "vitest";
import { ga4Service, metrikaService, randomId, siteConfig, view } from "../installation.ts";
import { openForwarding } from "./forwarding.ts";

const world = openForwarding();

describe("consent at the exit", () => {
  it("drops what was queued before a withdrawal", async () => {
    const secret = randomId();
    const { token } = await world.installation.decide(secret, "granted");
    await world.installation.accept(token, [view()]);
    await world.installation.decide(secret, "denied");
    await world.forwardAll();
    expect(world.vendor.received).toEqual([]);
    expect(await world.installation.outbox()).toEqual([]);
    expect(await world.installation.counts("ga4-clean")).toMatchObject({ dropped_at_exit: 1 });
    expect(await world.installation.deliveries()).toEqual([]);
  });

  it("decides per service", async () => {
    const secret = randomId();
    const { token } = await world.installation.decide(secret, "granted");
    await world.installation.accept(token, [view()]);
    await world.installation.decide(secret, "granted", {
      "ga4-clean": "denied",
      "metrika-clean": "granted",
    });
    await world.forwardAll();
    expect(world.vendor.received.map(({ path }) => path)).toEqual(["/collect"]);
  });

  it("drops what outlived its decision's validity", async () => {
    world.only(metrikaService);
    const { token } = await world.installation.decide(randomId(), "granted", {
      "metrika-clean": "granted",
    });
    world.installation.clock.at += 30 * 86_400_000 - 1000;
    const fresh = world.installation.tokens.seal({
      ...world.installation.tokens.open("clinic", token, 0),
      expires: Math.floor(world.installation.clock.at / 1000) + 3600,
    });
    await world.installation.accept(fresh, [view()]);
    world.installation.clock.at += 2000;
    await world.forwardAll();
    expect(world.vendor.received).toEqual([]);
    expect(await world.installation.counts("metrika-clean")).toMatchObject({ dropped_at_exit: 1 });
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
    world.only(ga4Service);
    const { token } = await world.installation.decide(randomId(), "granted", {
      "ga4-clean": "granted",
    });
    await world.installation.accept(token, [view()]);
    world.installation.configs.push(siteConfig({ services }, "changed"));
    await world.forwardAll();
    expect(world.vendor.received).toEqual([]);
    expect(await world.installation.counts("ga4-clean")).toMatchObject({ dropped_at_exit: 1 });
  });

  it("does not bring back what was collected before a withdrawal when the visitor grants again", async () => {
    world.only(ga4Service);
    const secret = randomId();
    const first = await world.installation.decide(secret, "granted");
    await world.installation.accept(first.token, [view({ name: "before" })]);
    await world.installation.decide(secret, "denied");
    await world.installation.accept(first.token, [view({ name: "after" })]);
    const again = await world.installation.decide(secret, "granted");
    await world.installation.accept(again.token, [view({ name: "anew" })]);
    await world.forwardAll();
    expect(world.vendor.received.map(({ query }) => query.get("en"))).toEqual(["anew"]);
    expect(await world.installation.counts("ga4-clean")).toMatchObject({ dropped_at_exit: 2 });
  });

  it("drops what happened before the grant, or while it was withdrawn, whenever it is told", async () => {
    world.only(ga4Service);
    const secret = randomId();
    const hours = (count: number) => count * 3_600_000;
    const { token } = await world.installation.decide(secret, "granted");
    await world.installation.accept(token, [view({ name: "before_it", age: hours(1) })]);
    await world.forwardAll();
    world.installation.clock.at += hours(1);
    await world.installation.decide(secret, "denied");
    world.installation.clock.at += hours(2);
    const again = await world.installation.decide(secret, "granted");
    await world.installation.accept(again.token, [view({ name: "withdrawn", age: hours(1) })]);
    await world.forwardAll();
    world.installation.clock.at += hours(1);
    const renewed = await world.installation.decide(secret, "granted");
    await world.installation.accept(renewed.token, [
      view({ name: "still_withdrawn", age: hours(2) }),
      view({ name: "under_the_last_but_one", age: hours(0.5) }),
      view({ name: "under_the_last" }),
    ]);
    await world.forwardAll();
    expect(world.vendor.received.map(({ query }) => query.get("en"))).toEqual([
      "under_the_last_but_one",
      "under_the_last",
    ]);
    expect(await world.installation.counts("ga4-clean")).toMatchObject({ dropped_at_exit: 3 });
  });

  it("keeps what was collected under an earlier grant that was only renewed", async () => {
    world.only(ga4Service);
    const secret = randomId();
    const { token } = await world.installation.decide(secret, "granted");
    await world.installation.accept(token, [view({ name: "early" })]);
    await world.installation.decide(secret, "granted");
    await world.forwardAll();
    expect(world.vendor.received.map(({ query }) => query.get("en"))).toEqual(["early"]);
  });

  it("sends nothing while the log cannot be read, and everything once it can", async () => {
    const { token } = await world.installation.decide(randomId(), "granted");
    await world.installation.accept(token, [view()]);
    const blind = world.installation.newForwarder({
      log: {
        inForce: () => Promise.reject(new Error("unreachable")),
        grantedSince: () => Promise.reject(new Error("unreachable")),
      },
    });
    expect(await blind.runOnce()).toBe(2);
    await blind.stop();
    expect(world.vendor.received).toEqual([]);
    expect(await world.installation.forwarder.runOnce()).toBe(0);
    world.installation.clock.at += 10_000;
    await world.forwardAll();
    expect(world.vendor.received).toHaveLength(2);
  });
});
