import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { errorEnvelope } from "../../../gateway/contract/errors.ts";
import { recordAnswer, recordList } from "../../../gateway/contract/staff/staff.ts";
import { openInstallation, randomId, type Installation } from "../../staff/installation.ts";

let installation: Installation;
beforeAll(async () => {
  installation = await openInstallation();
});
afterAll(() => installation.close());

const get = (path: string, headers: Record<string, string>) =>
  installation.app.request(path, { headers });

describe("records", () => {
  let key: string;
  let keyId: string;
  beforeAll(async () => {
    ({ key, id: keyId } = await installation.key("owner"));
  });
  const read = (path: string) => get(path, { Authorization: `Bearer ${key}` });

  test("pages run through every record once, latest first", async () => {
    const site = "clinic-eu";
    const made: string[] = [];
    for (let n = 0; n < 25; n += 1) {
      installation.clock.advance(1000);
      made.unshift((await installation.decide(site)).recordId);
    }
    const seen: string[] = [];
    let next: string | null = null;
    const sizes: number[] = [];
    do {
      const cursor: string = next === null ? "" : `&cursor=${next}`;
      const response = await read(`/v1/staff/records?site=${site}&limit=10${cursor}`);
      const page = recordList.parse(await response.json());
      seen.push(...page.records.map(({ id }) => id));
      sizes.push(page.records.length);
      expect(page.configs.map(({ hash }) => hash)).toEqual([page.records[0]!.config]);
      next = page.next;
    } while (next !== null);
    expect(seen).toEqual(made);
    expect(sizes).toEqual([10, 10, 5]);
  });

  test("a page that ends with the last record has no next one", async () => {
    const alone = await openInstallation({ sites: ["clinic"] });
    try {
      const owner = (await alone.staff.keys.ensureFirstKey())!;
      const headers = { Authorization: `Bearer ${owner}` };
      const list = async (query: string) =>
        recordList.parse(
          await (
            await alone.app.request(`/v1/staff/records?site=clinic${query}`, { headers })
          ).json(),
        );
      expect(await list("")).toMatchObject({ records: [], configs: [], next: null });
      expect((await list("")).site.id).toBe("clinic");
      for (let n = 0; n < 4; n += 1) await alone.decide("clinic");
      const first = await list("&limit=2");
      expect(first.next).not.toBeNull();
      expect((await list(`&limit=2&cursor=${first.next}`)).next).toBeNull();
    } finally {
      await alone.close();
    }
  });

  test("a cursor of another site's log shows nothing of that site", async () => {
    await installation.decide("clinic");
    const eu = recordList.parse(
      await (await read("/v1/staff/records?site=clinic-eu&limit=1")).json(),
    );
    const clinic = recordList.parse(
      await (await read(`/v1/staff/records?site=clinic&cursor=${eu.next ?? "99-99"}`)).json(),
    );
    expect(clinic.records.every(({ site, origin }) => site === "clinic" && origin !== "")).toBe(
      true,
    );
    expect(clinic.records.some(({ id }) => eu.records.some((record) => record.id === id))).toBe(
      false,
    );
  });

  test("one record is shown with everything the log and its configuration say", async () => {
    const { clock } = installation;
    const config = (await installation.sites.effective("clinic"))!;
    const asked = config.site.purposes.filter(({ essential }) => !essential);
    const granted = Object.fromEntries(asked.map(({ id }) => [id, "granted" as const]));
    const decided = Math.floor(clock.now() / 1000) - 7200;
    const appended = await installation.decide(
      "clinic",
      {
        time: decided,
        action: "change",
        place: "preferences",
        control: "save",
        purposes: granted,
        documents: ["consent"],
        theme: "dark",
        viewport: "narrow",
        gpc: true,
      },
      { browser: "Safari 26", device: "mobile", country: "RU" },
    );
    const response = await read(`/v1/staff/records/clinic/${appended.recordId}`);
    const answer = recordAnswer.parse(await response.json());
    expect(answer.record).toMatchObject({
      id: appended.recordId,
      site: "clinic",
      log: appended.origin,
      index: appended.index,
      time: appended.time,
      clientTime: decided,
      late: true,
      validUntil: decided + 180 * 86_400,
      action: "change",
      place: "preferences",
      control: "save",
      purposes: granted,
      documents: ["consent"],
      theme: "dark",
      viewport: "narrow",
      gpc: true,
      browser: "Safari 26",
      device: "mobile",
      country: "RU",
      erased: false,
    });
    const { leaf } = await installation.storage.main.read
      .selectFrom("entries")
      .select("leaf")
      .where("log", "=", appended.log)
      .where("idx", "=", appended.index)
      .executeTakeFirstOrThrow();
    expect(JSON.parse(Buffer.from(leaf).toString()).d).toBe(answer.record.commitment);
    expect(answer.config).toMatchObject({
      hash: config.hash,
      version: config.version,
      policy: config.policyHash,
      consent: config.consentHash,
      build: config.build,
    });
    expect(answer.config.purposes.map(({ id }) => id)).toEqual(
      config.site.purposes.map(({ id }) => id),
    );
  });

  test("the page a visitor was on, the subject and the secret never leave", async () => {
    const secret = randomId();
    const { recordId, subject } = await installation.decide("clinic", {
      secret,
      page: "/diseases/rare-one",
    });
    for (const path of [`/v1/staff/records/clinic/${recordId}`, "/v1/staff/records?site=clinic"]) {
      const text = await (await read(path)).text();
      expect(text).not.toContain("rare-one");
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(subject).toString("base64url"));
      expect(text).not.toContain(Buffer.from(subject).toString("hex"));
    }
  });

  test("a query of another form names its parameters, never their values", async () => {
    for (const query of [
      "",
      "?site=203.0.113.9",
      "?site=clinic&limit=0",
      "?site=clinic&limit=x",
      "?site=clinic&limit=201",
      "?site=clinic&cursor=1;drop",
      "?site=clinic&203.0.113.9=1",
    ]) {
      const response = await read(`/v1/staff/records${query}`);
      expect(response.status).toBe(400);
      const text = await response.text();
      expect(errorEnvelope.parse(JSON.parse(text)).error.code).toBe("invalid_query");
      expect(text).not.toMatch(/203\.0|drop/);
    }
  });

  test("every read is an entry of the trail: who, what, which filter, how many", async () => {
    const { key, id } = await installation.key("auditor");
    const headers = { Authorization: `Bearer ${key}` };
    const { recordId } = await installation.decide("clinic");
    await get("/v1/staff/sites", headers);
    await get("/v1/staff/records?site=clinic&limit=3", headers);
    await get(`/v1/staff/records/clinic/${recordId}`, headers);
    const unknown = randomId();
    await get(`/v1/staff/records/clinic/${unknown}`, headers);
    expect(await installation.trail(id)).toEqual([
      { action: "sites.list", detail: {}, count: 2 },
      { action: "records.list", detail: { site: "clinic", limit: 3, further: false }, count: 3 },
      { action: "record.read", detail: { site: "clinic", record: recordId }, count: 1 },
      { action: "record.read", detail: { site: "clinic", record: null }, count: 0 },
    ]);
    expect(JSON.stringify(await installation.trail(keyId))).not.toContain(unknown);
  });

  test("what cannot be noted is not shown", async () => {
    const { key } = await installation.key("auditor");
    const { recordId } = await installation.decide("clinic");
    const { audit } = installation.staff;
    const note = audit.note;
    audit.note = () => Promise.reject(new Error("disk full"));
    try {
      const response = await get(`/v1/staff/records/clinic/${recordId}`, {
        Authorization: `Bearer ${key}`,
      });
      expect(response.status).toBe(500);
      expect(await response.text()).not.toContain(recordId);
    } finally {
      audit.note = note;
    }
  });
});
