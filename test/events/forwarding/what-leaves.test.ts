import { describe, expect, it } from "vitest";
import { identities } from "../../privacy/identities.ts";
import { ga4Service, origin, randomId, siteConfig, view } from "../installation.ts";
import { openForwarding } from "./forwarding.ts";

const world = openForwarding();

describe("what leaves the gateway", () => {
  it("is exactly this for a page view, to both vendors", async () => {
    const { token } = await world.installation.decide(randomId(), "granted");
    await world.installation.accept(token, [
      view({ url: `${origin}/services/skin?gclid=x`, referrer: `${origin}/`, title: "Skin" }),
    ]);
    await world.forwardAll();

    const ga4 = world.vendor.received.find(({ path }) => path === "/g/collect")!;
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
      host: world.vendor.address.slice("http://".length),
      connection: "keep-alive",
      "user-agent":
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
      "content-length": "0",
    });

    const metrika = world.vendor.received.find(({ path }) => path === "/collect")!;
    const { cid: clientId, ...interaction } = Object.fromEntries(new URLSearchParams(metrika.body));
    expect(clientId).toMatch(new RegExp(`^${since}\\d{8}$`));
    expect(clientId).not.toBe(`${since}${cid!.split(".")[0]!.padStart(8, "0")}`);
    expect(interaction).toEqual({
      tid: "12345678",
      t: "pageview",
      dl: `${origin}/services/skin`,
      et: String(Math.floor(world.installation.clock.at / 1000)),
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
    const { token, subject } = await world.installation.decide(randomId(), "granted");
    await world.installation.accept(token, [view(), view({ name: "booking_sent" })]);
    await world.forwardAll();
    expect(await world.installation.outbox()).toEqual([]);
    const decision = (await world.installation.log.inForce([subject])).get(
      Buffer.from(subject).toString("hex"),
    )!;
    const delivery = { site: "clinic", day: "2026-03-14", log: decision.log, idx: decision.index };
    expect(await world.installation.deliveries()).toEqual([
      { ...delivery, service: "ga4-clean", count: 2 },
      { ...delivery, service: "metrika-clean", count: 2 },
    ]);
    expect(await world.installation.counts("metrika-clean")).toEqual({
      received: 2,
      accepted: 2,
      delivered: 2,
    });
  });

  it("gives a visitor another pseudonym every UTC day, and keeps it within one", async () => {
    world.only(ga4Service);
    const { token } = await world.installation.decide(randomId(), "granted");
    await world.installation.accept(token, [view(), view({ name: "goal" })]);
    await world.forwardAll();
    world.installation.clock.at += 14 * 3_600_000;
    await world.installation.accept(token, [view(), view({ age: 36_000_000 })]);
    await world.forwardAll();
    const ids = world.vendor.received.map(({ query }) => query.get("cid"));
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(ids[2]!.split(".")[0]).not.toBe(ids[0]!.split(".")[0]);
    expect(ids[3]).toBe(ids[0]);
  });

  it("keeps a visitor's pseudonym for the month under `balanced`, a session a day", async () => {
    const service = { ...ga4Service, profile: "balanced" as const };
    world.installation.configs.push(siteConfig({ services: [service] }, "balanced"));
    const { token } = await world.installation.decide(randomId(), "granted");
    for (const hours of [0, 14]) {
      world.installation.clock.at += hours * 3_600_000;
      await world.installation.accept(token, [view()]);
      await world.forwardAll();
    }
    const sent = world.vendor.received.map(({ query }) => [query.get("cid"), query.get("sid")]);
    const march = String(Date.UTC(2026, 2, 1) / 1000);
    expect(sent[0]![0]).toMatch(new RegExp(`^\\d{1,8}\\.${march}$`));
    expect(sent[1]![0]).toBe(sent[0]![0]);
    expect(sent.map(([, sid]) => Number(sid) * 1000)).toEqual([
      Date.UTC(2026, 2, 14),
      Date.UTC(2026, 2, 15),
    ]);
  });

  it("holds no planted identity in any byte, and neither does the disk afterwards", async () => {
    const { token } = await world.installation.decide(randomId(), "granted");
    const values = Object.values(identities);
    for (const value of values) {
      const escaped = encodeURIComponent(value);
      await world.installation.accept(token, [
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
    world.vendor.answerStatus(400);
    await world.forwardAll();
    expect(world.vendor.received).toHaveLength(values.length * 4);
    const sent = world.vendor.received.map(({ rawHeaders, query, body, path }) =>
      [path, ...rawHeaders, ...[...query].flat(), decodeURIComponent(body)].join("\n"),
    );
    const everything = Buffer.concat([
      Buffer.from(sent.join("\n")),
      await world.installation.bytesOnDisk(),
    ]);
    for (const value of values)
      for (const form of [value, encodeURIComponent(value), value.slice(-12)])
        expect(everything.indexOf(form), form).toBe(-1);
  });
});

function headersOf(raw: string[]): Record<string, string> {
  const pairs = raw.flatMap((name, at) =>
    at % 2 === 0 ? [[name.toLowerCase(), raw[at + 1]!] as const] : [],
  );
  return Object.fromEntries(pairs);
}
