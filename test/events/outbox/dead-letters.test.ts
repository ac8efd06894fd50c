import { afterEach, beforeEach, expect, it } from "vitest";
import { openDeadLetters, type DeadLetters } from "../../../gateway/events/outbox/dead-letters.ts";
import {
  ga4Service,
  openInstallation,
  randomId,
  siteConfig,
  view,
  type Installation,
} from "../installation.ts";
import { openVendor, type VendorServer } from "../vendor-server.ts";

let vendor: VendorServer;
let installation: Installation;
let letters: DeadLetters;
let woken: number;
beforeEach(async () => {
  vendor = await openVendor();
  installation = await openInstallation({ vendor: vendor.address });
  installation.configs.push(siteConfig({ services: [ga4Service] }, "ga4 only"));
  woken = 0;
  letters = openDeadLetters({ ...installation, onQueued: () => (woken += 1) });
});
afterEach(async () => {
  await installation.close();
  await vendor.close();
});

async function forwardAll(): Promise<void> {
  while ((await installation.forwarder.runOnce()) > 0);
}

/** Events of one visitor that the vendor refuses. */
async function dead(names: string[], secret = randomId()) {
  const { token } = await installation.decide(secret, "granted", { "ga4-clean": "granted" });
  vendor.answerStatus(400);
  await installation.accept(
    token,
    names.map((name) => view({ name })),
  );
  await forwardAll();
  vendor.answerStatus(204);
}

const site = "clinic";

it("shows what died, the latest first and page by page, and nothing of whom", async () => {
  await dead(["one", "two", "three"]);
  const first = await letters.list({ site }, { limit: 2 });
  expect(first.map(({ event }) => event?.name)).toEqual(["three", "two"]);
  expect(first[0]).toEqual({
    id: expect.any(Number),
    service: "ga4-clean",
    reason: "refused_by_vendor",
    event: expect.objectContaining({ name: "three", source: "page" }),
    occurredAt: Math.floor(installation.clock.at / 1000) * 1000,
    diedAt: installation.clock.at,
    attempts: 1,
  });
  const rest = await letters.list({ site }, { before: first[1]!.id, limit: 2 });
  expect(rest.map(({ event }) => event?.name)).toEqual(["one"]);
  expect(await letters.list({ site: "another" }, { limit: 9 })).toEqual([]);
  expect(await letters.list({ site, reason: "too_old" }, { limit: 9 })).toEqual([]);
});

it("sends again what is put back, and counts that it was", async () => {
  await dead(["one", "two"]);
  vendor.received.length = 0;
  expect(await letters.replay({ site, reason: "refused_by_vendor" })).toBe(2);
  expect(woken).toBe(1);
  await forwardAll();
  expect(vendor.received.map(({ query }) => query.get("en"))).toEqual(["one", "two"]);
  expect(await installation.outbox()).toEqual([]);
  expect(await installation.counts("ga4-clean")).toEqual({
    received: 2,
    accepted: 2,
    dead: 2,
    replayed: 2,
    delivered: 2,
  });
  expect(await letters.replay({ site })).toBe(0);
  expect(woken).toBe(1);
});

it("asks for consent again: what was withdrawn meanwhile does not leave", async () => {
  const secret = randomId();
  await dead(["one"], secret);
  vendor.received.length = 0;
  await installation.decide(secret, "denied");
  expect(await letters.replay({ site })).toBe(1);
  await forwardAll();
  expect(vendor.received).toEqual([]);
  expect(await installation.counts("ga4-clean")).toMatchObject({ replayed: 1, dropped_at_exit: 1 });
});

it("buries again what its vendor would not take any more", async () => {
  await dead(["one"]);
  vendor.received.length = 0;
  installation.clock.at += 25 * 3_600_000;
  await letters.replay({ site });
  await forwardAll();
  expect(vendor.received).toEqual([]);
  expect(await letters.list({ site, reason: "too_old" }, { limit: 9 })).toHaveLength(1);
});

it("deletes those it is told to and no others, and never what is queued", async () => {
  await dead(["one", "two", "three"]);
  const { token } = await installation.decide(randomId(), "granted", { "ga4-clean": "granted" });
  await installation.accept(token, [view({ name: "queued" })]);
  const queued = (await installation.outbox()).find(({ state }) => state === "queued")!;
  const [latest] = await letters.list({ site }, { limit: 1 });
  expect(await letters.discard({ site, ids: [latest!.id, queued.id] })).toBe(1);
  expect(await letters.discard({ site: "another" })).toBe(0);
  expect(await letters.discard({ site, service: "ga4-clean" })).toBe(2);
  expect(await installation.outbox()).toEqual([queued]);
});

it("forgets letters nobody dealt with after the configured days", async () => {
  await dead(["old"]);
  installation.clock.at += 2 * 86_400_000;
  await dead(["young"]);
  const days = async (deadLetterDays: number) => {
    const forwarder = installation.newForwarder({ deadLetterDays });
    forwarder.start();
    await expect
      .poll(async () => (await letters.list({ site }, { limit: 9 })).length)
      .toBe(deadLetterDays === 1 ? 1 : 2);
    await forwarder.stop();
  };
  await days(3);
  await days(1);
  expect((await letters.list({ site }, { limit: 9 }))[0]?.event?.name).toBe("young");
});
