/** Search against the plainest reading of the same records: every one of them, filtered. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordList, type RecordSummary } from "../../../gateway/contract/staff/staff.ts";
import { rateList } from "../../../gateway/contract/staff/rates.ts";
import { consentId as consentIdOf, displayConsentId } from "../../../gateway/log/consent-id.ts";
import { createBacklog } from "../../../gateway/log/backlog.ts";
import { jsonLogger } from "../../../gateway/logger.ts";
import { createIndexer } from "../../../gateway/staff/search/indexer.ts";
import { openInstallation, randomId, type Installation } from "../installation.ts";

let installation: Installation;
let key: string;
const start = Date.UTC(2026, 11, 30, 9, 0, 0);
const languages = ["ru", "en"];
const countries = ["RU", "DE", null] as const;
const browsers = ["chrome", "firefox"];

/** A few hundred decisions of many kinds, over the end of a year, so that they stand in two logs. */
beforeAll(async () => {
  installation = await openInstallation({ start });
  ({ key } = await installation.staff.keys.create({
    label: "search",
    role: "compliance",
    site: null,
    expiresAt: null,
  }));
  const site = (await installation.sites.effective("clinic"))!.site;
  const asked = site.purposes.filter(({ essential }) => !essential).map(({ id }) => id);
  for (let n = 0; n < 240; n += 1) {
    const granted = n % 3 === 0;
    await installation.decide(
      "clinic",
      {
        language: languages[n % 2]!,
        action: n % 7 === 0 ? "withdraw" : "first",
        ...(granted && {
          purposes: Object.fromEntries(asked.map((id) => [id, "granted" as const])),
        }),
        time: Math.floor(installation.clock.now() / 1000) - (n % 11) * 3600,
      },
      { country: countries[n % 3]!, browser: browsers[n % 2]! },
    );
    installation.clock.advance(20 * 60_000);
  }
  await installation.indexer.index();
});
afterAll(() => installation.close());

async function ask(query: Record<string, string | number>) {
  const address = `/v1/staff/records?${new URLSearchParams({ site: "clinic", ...strings(query) })}`;
  const response = await installation.app.request(address, {
    headers: { Authorization: `Bearer ${key}` },
  });
  expect(response.status).toBe(200);
  return recordList.parse(await response.json());
}

const strings = (query: Record<string, string | number>) =>
  Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]));

/** Every page of a search. */
async function all(query: Record<string, string | number>) {
  const records: RecordSummary[] = [];
  let cursor: string | null = null;
  let pages = 0;
  do {
    const page: Awaited<ReturnType<typeof ask>> = await ask({
      ...query,
      ...(cursor !== null && { cursor }),
    });
    records.push(...page.records);
    cursor = page.next;
    expect((pages += 1)).toBeLessThan(200);
  } while (cursor !== null);
  return records;
}

const ids = (records: RecordSummary[]) => records.map(({ id }) => id);

describe("search", () => {
  test("finds what a filter over every record finds, in its order, page by page", async () => {
    const every = await all({ limit: 200 });
    expect(every).toHaveLength(240);
    const seconds = fc.integer({ min: start / 1000 - 5000, max: start / 1000 + 90 * 3600 });
    const until = seconds.map((at) => at + 180 * 86_400);
    const filters = fc.record(
      {
        from: seconds,
        to: seconds,
        untilFrom: until,
        untilTo: until,
        language: fc.constantFrom(...languages, "de"),
        country: fc.constantFrom("RU", "DE", "none"),
        browser: fc.constantFrom(...browsers, "opera"),
        action: fc.constantFrom("first", "withdraw"),
        purpose: fc.constantFrom("analytics", "media", "constructor"),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(filters, fc.constantFrom(3, 50), async (filter, limit) => {
        const { from = 0, to = Infinity, untilFrom = 0, untilTo = Infinity } = filter;
        const expected = every.filter(
          (record) =>
            record.time >= from &&
            record.time < to &&
            record.validUntil >= untilFrom &&
            record.validUntil < untilTo &&
            (filter.language === undefined || record.language === filter.language) &&
            (filter.browser === undefined || record.browser === filter.browser) &&
            (filter.action === undefined || record.action === filter.action) &&
            (filter.country === undefined || countryOf(record) === filter.country) &&
            (filter.purpose === undefined || record.purposes[filter.purpose] === "granted"),
        );
        const lapses = filter.untilFrom !== undefined || filter.untilTo !== undefined;
        const found = await all({ ...filter, limit });
        expect(new Set(ids(found))).toEqual(new Set(ids(expected)));
        if (!lapses) expect(ids(found)).toEqual(ids(expected));
        else
          expect(found.map(({ validUntil }) => validUntil)).toEqual(
            expected.map(({ validUntil }) => validUntil).toSorted((a, b) => a - b),
          );
      }),
      { numRuns: 60 },
    );
  });

  /** The list does not say it; the decisions above made it follow from their order. */
  const places = new Map<string, number>();
  beforeAll(async () => {
    const every = await all({ limit: 200 });
    ids(every).forEach((id, n) => places.set(id, every.length - 1 - n));
  });
  const countryOf = ({ id }: RecordSummary) => countries[places.get(id)! % 3] ?? "none";

  test("says how many there are, and what it has not seen yet", async () => {
    expect((await ask({ language: "ru", limit: 5 })).total).toBe(120);
    expect((await ask({ limit: 5 })).total).toBe(240);
    await installation.decide("clinic", { language: "ru" });
    expect(await ask({ language: "ru", limit: 5 })).toMatchObject({ total: 120, unindexed: 1 });
    await installation.indexer.index();
    expect(await ask({ language: "ru", limit: 5 })).toMatchObject({ total: 121, unindexed: 0 });
  });

  test("rates come from counters and agree with the records", async () => {
    const get = async (by: string) => {
      const response = await installation.app.request(
        `/v1/staff/rates?site=clinic&from=2026-12-30&to=2027-01-31&by=${by}`,
        { headers: { Authorization: `Bearer ${key}` } },
      );
      return rateList.parse(await response.json()).rates;
    };
    const every = await all({ limit: 200 });
    const withdrawn = every.filter(({ action }) => action === "withdraw").length;
    for (const by of ["day", "version", "language", "country"]) {
      const rates = await get(by);
      expect(rates.reduce((sum, { records }) => sum + records, 0)).toBe(every.length);
      expect(rates.reduce((sum, { counts }) => sum + (counts["withdrawn"] ?? 0), 0)).toBe(
        withdrawn,
      );
    }
    const purposes = await get("purpose");
    expect(purposes.map(({ key }) => key).toSorted()).toEqual(["analytics", "media"]);
    expect(purposes.map(({ name }) => name?.["en"]).toSorted()).toEqual([
      "Map and virtual tour",
      "Visit statistics",
    ]);
    const analytics = purposes.find(({ key }) => key === "analytics");
    expect(analytics!.counts["granted"]).toBe(
      every.filter(({ purposes }) => purposes["analytics"] === "granted").length,
    );
  });

  test("an index run that another gateway has made counts nothing twice", async () => {
    const before = await ask({ language: "en", limit: 1 });
    await installation.decide("clinic", { language: "en" });
    // Two gateways of one database, at the same time.
    const { storage } = installation;
    const indexers = [1, 2].map(() =>
      createIndexer({ storage, backlog: createBacklog(), logger: jsonLogger("silent") }),
    );
    await Promise.all(indexers.map((indexer) => indexer.index()));
    expect((await ask({ language: "en", limit: 1 })).total).toBe(before.total! + 1);
  });

  test("a consent id finds its visitor's records and nobody else's", async () => {
    const secret = randomId();
    const first = await installation.decide("clinic", { secret });
    const second = await installation.decide("clinic", { secret, counter: 2 });
    const consentId = displayConsentId(consentIdOf("clinic", secret));
    expect(ids(await all({ consentId }))).toEqual([second.recordId, first.recordId]);
    expect(ids(await all({ record: first.recordId }))).toEqual([first.recordId]);
    expect(await all({ record: randomId() })).toEqual([]);
    expect(await all({ consentId: "7Q2M-XK4D-9F3A-P0ZT" })).toEqual([]);
  });

  test("the trail has the filter, and nothing that a client made up or that names anybody", async () => {
    await ask({ language: "en", purpose: "analytics", action: "first", limit: 1 });
    await ask({ purpose: "ivan-petrov", consentId: "7Q2M-XK4D-9F3A-P0ZT", limit: 1 });
    const rows = await installation.storage.main.read
      .selectFrom("staff_audit")
      .select("detail")
      .where("action", "=", "records.list")
      .orderBy("id", "desc")
      .limit(2)
      .execute();
    const [second, first] = rows.map(({ detail }) => JSON.parse(detail));
    expect(first).toMatchObject({ language: "en", purpose: "analytics", action: "first" });
    expect(second).toMatchObject({ site: "clinic", purpose: true, consentId: true });
  });
});
