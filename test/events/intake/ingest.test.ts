import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { installationSecret } from "../../../gateway/secret.ts";
import { tokens as openTokens } from "../../../gateway/log/token.ts";
import { neutralEvent } from "../../../gateway/events/intake/neutral.ts";
import { identities } from "../../privacy/identities.ts";
import {
  ga4Service,
  metrikaService,
  openInstallation,
  origin,
  randomId,
  siteConfig,
  view,
  type Installation,
} from "../installation.ts";

let installation: Installation;
beforeEach(async () => {
  installation = await openInstallation({ vendor: "http://127.0.0.1:9" });
});
afterEach(() => installation.close());

describe("the token", () => {
  it("stands before everything: without a valid one nothing is stored, and everything counted", async () => {
    const { token, subject } = await installation.decide(randomId(), "granted");
    const elsewhere = openTokens(installationSecret(Buffer.alloc(32, 9)));
    const claims = {
      subject,
      config: siteConfig().hash,
      log: 1,
      index: 1,
      services: ["ga4-clean"],
      expires: Math.floor(installation.clock.at / 1000) + 60,
    };
    const damaged = `${token.slice(0, -2)}${token.endsWith("A") ? "B" : "A"}${token.at(-2)}`;
    const refusals = {
      absent: [await installation.accept("", [view()]), "no_token"],
      forged: [await installation.accept(damaged, [view()]), "bad_token"],
      foreign: [
        await installation.accept(elsewhere.seal({ ...claims, site: "clinic" }), [view()]),
        "bad_token",
      ],
      otherSite: [
        await installation.accept(installation.tokens.seal({ ...claims, site: "other" }), [view()]),
        "bad_token",
      ],
    } as const;
    for (const [answer, reason] of Object.values(refusals))
      expect(answer).toEqual({ accepted: 0, refused: { [reason]: 1 } });

    installation.clock.at += 86_400_000;
    expect(await installation.accept(token, [view(), { nonsense: true }])).toEqual({
      accepted: 0,
      refused: { expired_token: 2 },
    });
    expect(await installation.outbox()).toEqual([]);
    expect(await installation.counts("*")).toEqual({
      received: 6,
      no_token: 1,
      bad_token: 3,
      expired_token: 2,
    });
  });
});

describe("programs", () => {
  it("are counted apart and never forwarded, whatever token they bring", async () => {
    const { token } = await installation.decide(randomId(), "granted");
    for (const given of [token, "forged"])
      expect(await installation.accept(given, [view(), view()], {}, { bot: true })).toEqual({
        accepted: 0,
        refused: { bot: 2 },
      });
    expect(await installation.outbox()).toEqual([]);
    expect(await installation.counts("*")).toEqual({ received: 4, bot: 4 });
  });
});

describe("destinations", () => {
  it("queues one copy per granted service, under the decision the token names", async () => {
    const { token, subject } = await installation.decide(randomId(), "granted");
    expect(await installation.accept(token, [view()])).toEqual({ accepted: 1, refused: {} });
    const rows = await installation.outbox();
    expect(rows.map((row) => row.service)).toEqual(["ga4-clean", "metrika-clean"]);
    for (const row of rows) {
      expect(Buffer.from(row.subject)).toEqual(Buffer.from(subject));
      expect(row).toMatchObject({ state: "queued", attempts: 0, leased_until: 0 });
      expect(neutralEvent.parse(JSON.parse(row.payload)).page).toBe(`${origin}/services`);
    }
  });

  it("leaves out the service that was not granted, and says so when none was", async () => {
    const partly = await installation.decide(randomId(), "granted", {
      "ga4-clean": "denied",
      "metrika-clean": "granted",
    });
    expect((await installation.accept(partly.token, [view()])).accepted).toBe(1);
    expect((await installation.outbox()).map((row) => row.service)).toEqual(["metrika-clean"]);
    expect(await installation.counts("ga4-clean")).toEqual({ received: 1, not_granted: 1 });

    const refused = await installation.decide(randomId(), "denied");
    expect(await installation.accept(refused.token, [view()])).toEqual({
      accepted: 0,
      refused: { not_granted: 1 },
    });
  });

  it("keeps a destination abroad off until its notification is attested (R3)", async () => {
    const abroad = {
      ...ga4Service,
      recipient: { name: "Vendor", country: "US", crossBorder: true },
    };
    installation.configs.push(siteConfig({ services: [abroad, metrikaService] }, "2"));
    const { token } = await installation.decide(randomId(), "granted");
    await installation.accept(token, [view()]);
    expect((await installation.outbox()).map((row) => row.service)).toEqual(["metrika-clean"]);
    expect(await installation.counts("ga4-clean")).toEqual({ received: 1, destination_off: 1 });

    const attested = { ...abroad, recipient: { ...abroad.recipient, attested: true } };
    installation.configs.push(siteConfig({ services: [attested] }, "3"));
    expect((await installation.accept(token, [view()])).accepted).toBe(1);
  });

  it("asks for no Russian notification under `eu`", async () => {
    const abroad = {
      ...ga4Service,
      recipient: { name: "Vendor", country: "US", crossBorder: true },
    };
    installation.configs.push(siteConfig({ jurisdiction: "eu", services: [abroad] }, "2"));
    const { token } = await installation.decide(randomId(), "granted", { "ga4-clean": "granted" });
    expect(await installation.accept(token, [view()])).toEqual({ accepted: 1, refused: {} });
    expect(await installation.counts("ga4-clean")).toEqual({ received: 1, accepted: 1 });
  });

  it("sends to gateway services of the page only, and never about an excluded page", async () => {
    installation.configs.push(
      siteConfig(
        {
          services: [
            { ...ga4Service, pages: ["/services/**"] },
            { ...metrikaService, mode: "tag" },
          ],
        },
        "2",
      ),
    );
    const { token } = await installation.decide(randomId(), "granted");
    expect(
      await installation.accept(token, [
        view({ url: `${origin}/services/skin` }),
        view({ url: `${origin}/about` }),
        view({ url: `${origin}/account/alice` }),
        view({ url: `${origin}/%61ccount/alice` }),
      ]),
    ).toEqual({ accepted: 1, refused: { no_service: 1, excluded_page: 2 } });
    expect(await installation.outbox()).toHaveLength(1);
  });

  it("queues nothing for a vendor to which it would mean something else", async () => {
    const { token } = await installation.decide(randomId(), "granted");
    const looked = view({ name: "user_engagement", params: { engagement_time_msec: 4100 } });
    expect(await installation.accept(token, [looked])).toEqual({ accepted: 1, refused: {} });
    expect((await installation.outbox()).map(({ service }) => service)).toEqual(["ga4-clean"]);
    installation.configs.push(siteConfig({ services: [metrikaService] }, "only metrika"));
    expect(await installation.accept(token, [looked])).toEqual({
      accepted: 0,
      refused: { no_service: 1 },
    });
    expect(await installation.counts("metrika-clean")).toEqual({});
  });

  it("takes an order without a number for no order: vendors count one number once", async () => {
    const { token } = await installation.decide(randomId(), "granted");
    const order = (transaction_id: string | number) =>
      view({ name: "purchase", params: { transaction_id } });
    await installation.accept(token, [order(""), order("  "), order("A-1"), order(7)]);
    const kept = (await installation.outbox())
      .filter(({ service }) => service === "ga4-clean")
      .map(({ payload }) => neutralEvent.parse(JSON.parse(payload)).transaction);
    const letters = expect.stringMatching(/^[a-p]{20}$/);
    expect(kept).toEqual([undefined, undefined, letters, letters]);
  });

  it("refuses an invalid event alone, and repeats nothing of it", async () => {
    const { token } = await installation.decide(randomId(), "granted");
    const answer = await installation.accept(token, [
      view(),
      view({ url: "https://elsewhere.test/" }),
      view({ url: "javascript:alert(1)" }),
      view({ name: "call_89165550142" }),
      view({ name: identities.email }),
      view({ extra: identities.email }),
      view({ age: 43_200_001 }),
      null,
      7,
    ]);
    expect(answer).toEqual({ accepted: 1, refused: { invalid_event: 8 } });
  });
});

describe("de-identification before anything is written", () => {
  it("keeps under `strict` exactly what the profile allows", async () => {
    const { token } = await installation.decide(randomId(), "granted");
    await installation.accept(token, [
      view({
        name: "booking_sent",
        age: 1500,
        url: `${origin}/services/skin;jsessionid=9F3A?utm_source=x&gclid=Cj0K#frag`,
        referrer: "https://search.test/?q=eczema",
        title: "Alice Petrova, eczema",
        params: {
          value: 1500.509,
          currency: "RUB",
          success: true,
          full_name: "Alice",
          method: "a@b.co",
        },
      }),
    ]);
    const [row] = await installation.outbox();
    expect(JSON.parse(row!.payload)).toEqual({
      v: 1,
      source: "page",
      name: "booking_sent",
      page: `${origin}/services/skin`,
      referrer: "",
      title: "",
      params: { value: 1500.51, currency: "RUB", success: true },
      items: [],
      campaign: {},
      language: "ru",
      screen: "large",
      agent: { browser: "chrome", major: 126, device: "desktop" },
      country: null,
    });
    expect(row!.occurred_at).toBe(Date.UTC(2026, 2, 14, 9, 59, 58));
    expect(await installation.counts("ga4-clean")).toEqual({
      received: 1,
      accepted: 1,
      value_unlisted: 1,
      value_email: 1,
    });
  });

  it("keeps under `balanced` titles and campaigns too, but nothing of the kind on masked pages", async () => {
    installation.configs.push(
      siteConfig({ services: [{ ...ga4Service, profile: "balanced" }] }, "2"),
    );
    const { token } = await installation.decide(randomId(), "granted");
    const address = "?utm_source=mail&utm_term=alice@example.com&yclid=123";
    await installation.accept(token, [
      view({ url: `${origin}/a${address}`, title: "Services", referrer: `${origin}/b?x=1` }),
      view({
        url: `${origin}/diseases/eczema${address}`,
        title: "Eczema",
        params: { content_group: "Eczema", value: 1 },
      }),
    ]);
    const [open, masked] = (await installation.outbox()).map((row) => JSON.parse(row.payload));
    expect(open).toMatchObject({
      title: "Services",
      campaign: { utm_source: "mail" },
      referrer: `${origin}/b`,
    });
    expect(masked).toMatchObject({
      page: `${origin}/diseases/masked`,
      title: "",
      campaign: {},
      params: { value: 1 },
    });
  });

  it("keeps the country under both profiles, and a region under `balanced` on open pages only", async () => {
    installation.configs.push(
      siteConfig({ services: [{ ...ga4Service, profile: "balanced" }, metrikaService] }, "2"),
    );
    const { token } = await installation.decide(randomId(), "granted");
    const events = [view(), view({ url: `${origin}/diseases/eczema` })];
    await installation.accept(token, events, {}, { country: "RU", region: "RU-MOW" });
    const kept = (await installation.outbox()).map((row) => {
      const { country, region } = neutralEvent.parse(JSON.parse(row.payload));
      return [row.service, country, region];
    });
    expect(kept).toEqual([
      ["ga4-clean", "RU", "RU-MOW"],
      ["metrika-clean", "RU", undefined],
      ["ga4-clean", "RU", undefined],
      ["metrika-clean", "RU", undefined],
    ]);
  });

  it("lets no planted identity reach the disk, wherever it is planted and however encoded", async () => {
    const { token } = await installation.decide(randomId(), "granted");
    const values = Object.values(identities);
    const encoded = (text: string) => [
      text,
      encodeURIComponent(text),
      Buffer.from(text).toString("base64"),
      Buffer.from(text).toString("base64url"),
    ];
    const events = values.flatMap((identity) =>
      encoded(identity).flatMap((form) => [
        view({
          url: `${origin}/visit/${encodeURIComponent(form)}/done?e=${encodeURIComponent(form)}#${encodeURIComponent(form)}`,
          referrer: `${origin}/from/${encodeURIComponent(form)}?r=${encodeURIComponent(form)}`,
          title: form.slice(0, 300),
          params: {
            method: form.slice(0, 500),
            content_type: `x ${form}`.slice(0, 500),
            search_term: form.slice(0, 500),
          },
        }),
        view({
          referrer: `https://mail.test/${encodeURIComponent(form)}`,
          params: { value: 79165550142 },
        }),
      ]),
    );
    installation.configs.push(
      siteConfig({ services: [{ ...ga4Service, profile: "balanced" }, metrikaService] }, "2"),
    );
    for (let from = 0; from < events.length; from += 20) {
      const batch = events.slice(from, from + 20);
      const answer = await installation.accept(token, batch, { language: identities.email });
      expect(answer).toEqual({ accepted: batch.length, refused: {} });
    }
    const disk = await installation.bytesOnDisk();
    expect(disk.includes("redacted")).toBe(true);
    for (const identity of values)
      for (const form of [...encoded(identity), identity.slice(-12)])
        expect(disk.includes(form), form).toBe(false);
    expect(disk.includes("79165550142")).toBe(false);
  });

  it("stores neutral events only, whatever arrives", async () => {
    const { token } = await installation.decide(randomId(), "granted");
    const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,39}$/);
    const hostile = fc.record({
      name: fc.oneof(name, fc.string()),
      age: fc.oneof(fc.nat(43_200_000), fc.double()),
      url: fc.oneof(
        fc.webUrl({ withQueryParameters: true }),
        fc.string({ unit: "binary" }).map((path) => `${origin}/${path}`),
      ),
      referrer: fc.oneof(fc.webUrl(), fc.string({ unit: "binary" })),
      title: fc.string({ unit: "binary" }),
      params: fc.dictionary(
        name,
        fc.oneof(fc.string({ unit: "binary" }), fc.double(), fc.boolean()),
        { maxKeys: 25 },
      ),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(hostile, fc.anything()), { minLength: 1, maxLength: 20 }),
        async (events) => {
          const { accepted, refused } = await installation.accept(token, events);
          const total = Object.values(refused).reduce((sum, count) => sum + count, accepted);
          expect(total).toBe(events.length);
        },
      ),
      { numRuns: 60 },
    );
    for (const row of await installation.outbox()) {
      const event = neutralEvent.parse(JSON.parse(row.payload));
      const page = new URL(event.page);
      expect([page.origin, page.search, page.hash]).toEqual([origin, "", ""]);
    }
  });
});

describe("commit", () => {
  it("shares transactions between requests and answers each with its own numbers", async () => {
    const { token } = await installation.decide(randomId(), "granted");
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        installation.accept(token, index % 4 === 0 ? [view(), view({ age: -1 })] : [view()]),
      ),
    );
    expect(answers.filter(({ refused }) => refused.invalid_event === 1)).toHaveLength(25);
    expect(await installation.outbox()).toHaveLength(200);
    expect(await installation.counts("ga4-clean")).toEqual({ received: 100, accepted: 100 });
    expect(await installation.counts("*")).toEqual({
      received: 125,
      accepted: 100,
      invalid_event: 25,
    });
  });

  it("answers nobody when the commit fails, and stores nothing", async () => {
    const { token } = await installation.decide(randomId(), "granted");
    await installation.storage.main.close();
    await expect(installation.accept(token, [view()])).rejects.toThrow();
  });

  it("refuses when closing", async () => {
    const { token } = await installation.decide(randomId(), "granted");
    await installation.ingest.close();
    await expect(installation.accept(token, [view()])).rejects.toMatchObject({
      code: "overloaded",
    });
  });
});
