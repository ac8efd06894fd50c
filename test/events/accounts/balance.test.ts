import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { balanceAnswer, deliveryList } from "../../../gateway/contract/staff/events.ts";
import { openDeadLetters, type DeadLetters } from "../../../gateway/events/outbox/dead-letters.ts";
import { purgeSubject } from "../../../gateway/events/outbox/purge.ts";
import { identities } from "../../privacy/identities.ts";
import { openInstallation, origin, randomId, view, type Installation } from "../installation.ts";
import { openVendor, type VendorServer } from "../vendor-server.ts";

let vendor: VendorServer;
let installation: Installation;
let letters: DeadLetters;
beforeEach(async () => {
  vendor = await openVendor();
  installation = await openInstallation({ vendor: vendor.address });
  letters = openDeadLetters({ ...installation, onQueued: () => undefined });
});
afterEach(async () => {
  await installation.close();
  await vendor.close();
});

const year = { site: "clinic", from: "2026-01-01", to: "2026-12-31" };
const balance = async () => balanceAnswer.parse(await installation.balance.of(year));

async function forwardAll(): Promise<void> {
  for (let round = 0; round < 20 && (await installation.forwarder.runOnce()) > 0; round++);
}

describe("balance", () => {
  it("says what became of everything that arrived on a day", async () => {
    const secret = randomId();
    const { token } = await installation.decide(secret, "granted");
    const some = await installation.decide(randomId(), "granted", {
      "ga4-clean": "denied",
      "metrika-clean": "granted",
    });
    await installation.accept(token, [
      view(),
      view({ params: { method: identities.email, level: identities.card, color: "red" } }),
      view({ url: `${origin}/account/x` }),
      null,
    ]);
    await installation.accept(some.token, [view()]);
    await installation.accept("", [view(), view()]);
    await installation.accept(token, [view()], {}, { bot: true });
    await installation.decide(secret, "denied");
    await forwardAll();
    expect(await balance()).toEqual({
      site: "clinic",
      addsUp: true,
      days: [
        {
          day: "2026-03-14",
          received: 8,
          accepted: 3,
          duplicates: 0,
          refused: { no_token: 2, excluded_page: 1, invalid_event: 1, bot: 1 },
          addsUp: true,
          services: [
            {
              service: "ga4-clean",
              received: 3,
              off: 0,
              notGranted: 1,
              accepted: 2,
              delivered: 0,
              droppedAtExit: 2,
              dead: 0,
              replayed: 0,
              waiting: 0,
              failed: 0,
              values: { email: 1, card: 1, unlisted: 1 },
              addsUp: true,
            },
            {
              service: "metrika-clean",
              received: 3,
              off: 0,
              notGranted: 0,
              accepted: 3,
              delivered: 1,
              droppedAtExit: 2,
              dead: 0,
              replayed: 0,
              waiting: 0,
              failed: 0,
              values: { email: 1, card: 1, unlisted: 1 },
              addsUp: true,
            },
          ],
        },
      ],
    });
  });

  it("counts what happens later under the day of reception", async () => {
    const { token } = await installation.decide(randomId(), "granted");
    vendor.answerStatus(503);
    await installation.accept(token, [view()]);
    await forwardAll();
    installation.clock.at += 8 * 3_600_000;
    await installation.accept(token, [view()]);
    installation.clock.at += 7 * 3_600_000;
    vendor.answerStatus(204);
    await forwardAll();
    const { days, addsUp } = await balance();
    expect(addsUp).toBe(true);
    expect(days.map(({ day }) => day)).toEqual(["2026-03-14"]);
    const [ga4, metrika] = days[0]!.services;
    expect(ga4).toMatchObject({ accepted: 2, dead: 1, delivered: 1, waiting: 0 });
    // The first is too old for Metrika by now.
    expect(metrika).toMatchObject({ accepted: 2, dead: 1, delivered: 1, failed: 1, waiting: 0 });
  });

  it("adds up after whatever happened, in any order", async () => {
    const step = fc.constantFrom(
      "arrive",
      "arrive wrongly",
      "forward",
      "outage",
      "refusal",
      "recovery",
      "withdraw",
      "erase",
      "later",
      "replay",
      "discard",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        let secret = randomId();
        let visitor = await installation.decide(secret, "granted");
        for (const each of steps) {
          if (each === "arrive") await installation.accept(visitor.token, [view(), view()]);
          if (each === "arrive wrongly") await installation.accept("x", [view(), null]);
          if (each === "forward") await installation.forwarder.runOnce();
          if (each === "outage") vendor.answerStatus(503);
          if (each === "refusal") vendor.answerStatus(400);
          if (each === "recovery") vendor.answerStatus(204);
          if (each === "later") installation.clock.at += 5 * 3_600_000;
          if (each === "replay") await letters.replay({ site: "clinic" });
          if (each === "discard") await letters.discard({ site: "clinic" });
          if (each === "withdraw") {
            await installation.decide(secret, "denied");
            secret = randomId();
            visitor = await installation.decide(secret, "granted");
          }
          if (each === "erase")
            await installation.storage.main.transaction((trx) =>
              purgeSubject(trx, visitor.subject),
            );
          const { days } = await balance();
          expect(days.filter(({ addsUp }) => !addsUp)).toEqual([]);
        }
      }),
      { numRuns: 6 },
    );
  });

  it("adds up at every moment while events come and go", async () => {
    const { token } = await installation.decide(randomId(), "granted");
    const work = Array.from({ length: 20 }, async () => {
      await installation.accept(token, [view(), view({ name: "goal" })]);
      await installation.forwarder.runOnce();
    });
    const seen = [];
    for (let look = 0; look < 15; look++) seen.push((await balance()).addsUp);
    await Promise.all(work);
    expect(new Set(seen)).toEqual(new Set([true]));
    expect((await balance()).days[0]).toMatchObject({ received: 40, accepted: 40, addsUp: true });
  });

  it("says so when a count is missing", async () => {
    const { token } = await installation.decide(randomId(), "granted");
    await installation.accept(token, [view()]);
    await installation.storage.main.transaction((trx) =>
      trx.deleteFrom("outbox").where("service", "=", "ga4-clean").execute(),
    );
    const { addsUp, days } = await balance();
    expect(addsUp).toBe(false);
    expect(days[0]!.services.map((each) => [each.service, each.addsUp])).toEqual([
      ["ga4-clean", false],
      ["metrika-clean", true],
    ]);
  });
});

describe("the delivery ledger", () => {
  it("answers which consent was relied on, and what was forwarded under one", async () => {
    const secret = randomId();
    const first = await installation.decide(secret, "granted");
    await installation.accept(first.token, [view(), view()]);
    await forwardAll();
    const second = await installation.decide(secret, "granted");
    await installation.accept(second.token, [view()]);
    await forwardAll();
    const list = async (query = {}) =>
      deliveryList.parse(await installation.ledger.list({ site: "clinic", limit: 100, ...query }));

    const all = await list();
    expect(all.deliveries.map(({ service, index, count }) => [service, index, count])).toEqual([
      ["ga4-clean", 1, 2],
      ["ga4-clean", 2, 1],
      ["metrika-clean", 1, 2],
      ["metrika-clean", 2, 1],
    ]);
    expect(all.deliveries[0]).toMatchObject({ day: "2026-03-14", log: "clinic.test/log/2026" });

    const record = all.deliveries[0]!.record!;
    expect((await list({ record })).deliveries.map(({ index }) => index)).toEqual([1, 1]);
    expect((await list({ record: randomId() })).deliveries).toEqual([]);
    expect((await list({ service: "metrika-clean" })).deliveries).toHaveLength(2);
    expect((await list({ from: "2026-03-15" })).deliveries).toEqual([]);

    const pages = [];
    let cursor: string | null | undefined;
    do {
      const page = await list({ limit: 3, ...(cursor && { cursor }) });
      pages.push(...page.deliveries);
      cursor = page.next;
    } while (cursor);
    expect(pages).toEqual(all.deliveries);
  });
});
