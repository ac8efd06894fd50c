import { describe, expect, it } from "vitest";
import { consentId } from "../../gateway/log/consent-id.ts";
import { clinic, decision, randomId, startSeconds, testClock } from "./installation.ts";

describe("reading records", () => {
  it("gives the newest first, page by page, across years", async () => {
    const clock = testClock(Date.UTC(2026, 11, 31, 23, 59));
    const { log, reader } = await clinic(clock);
    const ids: string[] = [];
    for (let i = 0; i < 7; i++) {
      if (i === 3) clock.time += 120_000;
      const input = decision();
      ids.unshift(input.body.id);
      await log.append(input);
    }
    const seen: string[] = [];
    let before: { log: number; index: number } | undefined;
    for (;;) {
      const page = await reader.latest("clinic", { limit: 2, ...(before && { before }) });
      if (page.length === 0) break;
      seen.push(...page.map(({ recordId }) => recordId));
      before = page.at(-1);
    }
    expect(seen).toEqual(ids);
    expect(await reader.latest("shop", { limit: 2 })).toEqual([]);
  });

  it("gives one record of the site asked, with everything that was decided and observed", async () => {
    const { log, reader } = await clinic();
    const input = decision();
    const appended = await log.append(input);
    const record = await reader.record("clinic", input.body.id);
    expect(record).toMatchObject({
      recordId: input.body.id,
      origin: appended.origin,
      index: 1,
      time: startSeconds,
      subject: appended.subject,
    });
    const { body, observed } = input;
    expect(record?.decision).toEqual({
      v: 1,
      id: body.id,
      counter: 1,
      time: body.time,
      received: startSeconds,
      until: body.time + 365 * 86_400,
      late: false,
      action: "first",
      place: "banner",
      control: "accept-all",
      offered: body.offered,
      config: body.config,
      language: "ru",
      theme: "light",
      viewport: "wide",
      purposes: body.purposes,
      services: body.services,
      documents: ["consent"],
      origin: observed.origin,
      browser: "Chrome 140",
      device: "desktop",
      country: "RU",
      gpc: false,
    });
    expect(await reader.record("shop", input.body.id)).toBeNull();
    expect(await reader.record("clinic", randomId())).toBeNull();
  });

  it("opens the subject half, linked to the record before it, also within one batch", async () => {
    const { log, reader } = await clinic();
    const secret = randomId();
    const inputs = [1, 2, 3].map((counter) =>
      decision({ secret, counter, page: `/page/${counter}` }),
    );
    await Promise.all(inputs.slice(0, 2).map((input) => log.append(input)));
    await log.append(decision());
    const { subject } = await log.append(inputs[2]!);
    const id = consentId("clinic", secret);
    expect(await reader.subjectOfConsentId("clinic", id)).toEqual(subject);
    const history = await reader.history(subject);
    expect(history.map(({ decision }) => decision.counter)).toEqual([1, 2, 3]);
    const halves = await Promise.all(history.map((record) => reader.open(record)));
    expect(halves.map((opened) => opened?.half)).toEqual([
      { consentId: id, page: "/page/1", previous: null },
      { consentId: id, page: "/page/2", previous: inputs[0]!.body.id },
      { consentId: id, page: "/page/3", previous: inputs[1]!.body.id },
    ]);
  });

  it("links a returning visitor's record of a new year to that of the old one", async () => {
    const clock = testClock(Date.UTC(2026, 11, 31, 23, 59));
    const { log, reader } = await clinic(clock);
    const secret = randomId();
    const first = decision({ secret });
    await log.append(first);
    clock.time += 120_000;
    await log.append(decision({ secret, counter: 2 }));
    const [newest] = await reader.latest("clinic", { limit: 1 });
    expect((await reader.open(newest!))?.half.previous).toBe(first.body.id);
  });

  it("cannot open what was sealed once the key is destroyed", async () => {
    const { log, reader, storage } = await clinic();
    await log.append(decision());
    const [record] = await reader.latest("clinic", { limit: 1 });
    expect(await reader.open(record!)).not.toBeNull();
    await storage.keys.transaction((trx) => trx.deleteFrom("subject_keys").execute());
    expect(await reader.open(record!)).toBeNull();
  });

  it("notices a sealed half that was changed", async () => {
    const { log, reader } = await clinic();
    await log.append(decision());
    const [record] = await reader.latest("clinic", { limit: 1 });
    const sealed = Uint8Array.from(record!.sealed!);
    sealed[20]! ^= 1;
    await expect(reader.open({ ...record!, sealed })).rejects.toThrow("authenticate");
  });

  it("keeps page path, consent id and secret out of everything but the sealed half", async () => {
    const { log, storage } = await clinic();
    const input = decision({ page: "/diseases/rare-one" });
    await log.append(input);
    const main = storage.main.read;
    const rows = [
      ...(await main.selectFrom("records").selectAll().execute()),
      ...(await main.selectFrom("decision_tails").selectAll().execute()),
      ...(await main.selectFrom("entries").selectAll().execute()),
      ...(await main.selectFrom("record_ids").selectAll().execute()),
      ...(await storage.keys.read.selectFrom("subject_keys").selectAll().execute()),
    ];
    const everything = Buffer.concat(
      rows.flatMap((row) =>
        Object.values(row).map((value) =>
          value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value)),
        ),
      ),
    );
    const { secret, page } = input.body;
    for (const trace of [
      page,
      secret,
      consentId("clinic", secret),
      Buffer.from(secret, "base64url"),
    ])
      expect(everything.indexOf(trace)).toBe(-1);
    expect(everything.indexOf(input.observed.origin)).toBeGreaterThan(0);
  });
});
