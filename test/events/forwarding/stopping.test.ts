import { describe, expect, it } from "vitest";
import { ga4Service, randomId, view } from "../installation.ts";
import { openForwarding } from "./forwarding.ts";

const world = openForwarding();

describe("stopping and dying", () => {
  it("does not send again what a dead forwarder may have sent", async () => {
    const { token } = await world.installation.decide(randomId(), "granted");
    await world.installation.accept(token, [view()]);
    // The forwarder dies between the vendor's answer and its own commit.
    const { main } = world.installation.storage;
    const dying = world.installation.newForwarder({
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
    expect(world.vendor.received).toHaveLength(2);

    await world.forwardAll();
    expect(await world.installation.outbox()).toMatchObject([
      { state: "queued" },
      { state: "queued" },
    ]);
    world.installation.clock.at += 61_000;
    await world.forwardAll();
    expect(world.vendor.received).toHaveLength(2);
    expect(await world.installation.outbox()).toMatchObject([
      { state: "dead", reason: "unknown_outcome" },
      { state: "dead", reason: "unknown_outcome" },
    ]);
    expect(await world.installation.counts("ga4-clean")).toMatchObject({ accepted: 1, dead: 1 });
  });

  it("says nothing about events that another forwarder took over meanwhile", async () => {
    world.only(ga4Service);
    const { token } = await world.installation.decide(randomId(), "granted", {
      "ga4-clean": "granted",
    });
    await world.installation.accept(token, [view()]);
    world.vendor.answerWith((response) => {
      world.installation.clock.at += 61_000;
      void world.installation
        .newForwarder()
        .runOnce()
        .then(() => response.writeHead(204).end());
    });
    const slow = world.installation.newForwarder({ timeout: 5000 });
    await slow.runOnce();
    await slow.stop();
    expect(await world.installation.counts("ga4-clean")).toEqual({
      received: 1,
      accepted: 1,
      dead: 1,
    });
    expect(await world.installation.deliveries()).toEqual([]);
  });

  it("finishes what is on its way, hands back the rest, and wakes for what is queued", async () => {
    world.only(ga4Service);
    const visitors = await Promise.all(
      Array.from({ length: 30 }, () =>
        world.installation.decide(randomId(), "granted", { "ga4-clean": "granted" }),
      ),
    );
    const release: (() => void)[] = [];
    world.vendor.answerWith((response) => release.push(() => response.writeHead(204).end()));
    const { forwarder } = world.installation;
    forwarder.start();
    await Promise.all(visitors.map(({ token }) => world.installation.accept(token, [view()])));
    await world.vendor.arrived(1);
    world.vendor.answerWith((response) => response.writeHead(204).end());
    const stopped = forwarder.stop();
    for (const answer of release) answer();
    await stopped;
    const left = await world.installation.outbox();
    expect(world.vendor.received.length + left.length).toBe(30);
    expect(left.length).toBeGreaterThan(0);
    for (const row of left)
      expect(row).toMatchObject({ state: "queued", attempts: 0, leased_until: 0 });
    expect(await world.installation.counts("ga4-clean")).toMatchObject({
      delivered: world.vendor.received.length,
    });
  });
});
