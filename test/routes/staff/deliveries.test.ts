import { afterAll, beforeAll, expect, test } from "vitest";
import { errorEnvelope } from "../../../gateway/contract/errors.ts";
import { deadLetterList, deadLettersMoved } from "../../../gateway/contract/staff/deliveries.ts";
import { openInstallation, type Installation } from "../../staff/installation.ts";

let installation: Installation;
beforeAll(async () => {
  installation = await openInstallation();
});
afterAll(() => installation.close());

const ask = (headers: Record<string, string>, path: string, body?: unknown) =>
  installation.app.request(`/v1/staff/dead-letters${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

const code = async (response: Response) => errorEnvelope.parse(await response.json()).error.code;

async function bury(count: number, changes: object = {}) {
  const payload = JSON.stringify({
    v: 1,
    source: "page",
    name: "goal",
    page: "http://localhost:8788/booking",
    referrer: "",
    title: "",
    params: {},
    items: [],
    campaign: {},
    language: "ru",
    screen: null,
    agent: { browser: "chrome", major: 126, device: "desktop" },
    country: null,
  });
  const row = {
    site: "clinic",
    service: "metrika-clean",
    subject: Buffer.alloc(16, 3),
    day: "2026-05-04",
    log: 1,
    idx: 1,
    payload,
    occurred_at: 1_777_885_200_000,
    due_at: 1_777_885_260_500,
    leased_until: 0,
    attempts: 1,
    state: "dead",
    reason: "refused_by_vendor",
    ...changes,
  };
  await installation.storage.main.transaction((trx) =>
    trx
      .insertInto("outbox")
      .values(Array.from({ length: count }, () => row))
      .execute(),
  );
}

test("an auditor looks at them page by page, sees no content, and changes nothing", async () => {
  await bury(3);
  const { id, headers } = await installation.key("auditor");
  const response = await ask(headers, "?site=clinic&limit=2");
  const first = deadLetterList.parse(await response.json());
  expect(first.deadLetters).toHaveLength(2);
  expect(first.deadLetters[0]).toEqual({
    id: expect.any(Number),
    service: "metrika-clean",
    reason: "refused_by_vendor",
    event: { name: "goal", source: "page", page: "http://localhost:8788/booking" },
    occurredAt: 1_777_885_200,
    diedAt: 1_777_885_260,
    attempts: 1,
  });
  const rest = await ask(headers, `?site=clinic&limit=2&before=${first.next}`);
  expect(deadLetterList.parse(await rest.json())).toMatchObject({
    deadLetters: [{ id: first.next! - 1 }],
    next: null,
  });
  for (const deed of ["replay", "discard"]) {
    const refused = await ask(headers, `/${deed}`, { site: "clinic", reason: "too_old" });
    expect([refused.status, await code(refused)]).toEqual([403, "forbidden"]);
  }
  const trail = await installation.storage.main.read
    .selectFrom("staff_audit")
    .select(["action", "detail", "count"])
    .where("key_id", "=", id)
    .execute();
  expect(trail.map(({ action, count }) => [action, count])).toEqual([
    ["deadletters.list", 2],
    ["deadletters.list", 1],
  ]);
});

test("compliance and owners send again and throw away, and the trail has it before and after", async () => {
  await bury(2, { service: "other" });
  for (const [role, deed] of [
    ["compliance", "replay"],
    ["owner", "discard"],
  ] as const) {
    const { id, headers } = await installation.key(role);
    if (deed === "discard") await bury(2, { service: "other" });
    const response = await ask(headers, `/${deed}`, { site: "clinic", service: "other" });
    expect(deadLettersMoved.parse(await response.json())).toEqual({ count: 2 });
    const trail = await installation.storage.main.read
      .selectFrom("staff_audit")
      .select(["action", "detail", "count"])
      .where("key_id", "=", id)
      .orderBy("id")
      .execute();
    expect(
      trail.map(({ action, detail, count }) => [action, JSON.parse(detail).done, count]),
    ).toEqual([
      [`deadletters.${deed}`, false, 0],
      [`deadletters.${deed}`, true, 2],
    ]);
    expect(JSON.stringify(trail)).not.toContain("other");
  }
});

test("a key of another site, a backend's key and a choice of everything are refused", async () => {
  const body = { site: "clinic", reason: "too_old" };
  const elsewhere = await installation.key("owner", "clinic-eu");
  const hidden = await ask(elsewhere.headers, "/replay", body);
  expect([hidden.status, await code(hidden)]).toEqual([404, "not_found"]);
  const backend = await installation.key("backend");
  expect((await ask(backend.headers, "/replay", body)).status).toBe(403);
  const owner = await installation.key("owner");
  const everything = await ask(owner.headers, "/discard", { site: "clinic" });
  expect([everything.status, await code(everything)]).toEqual([400, "invalid_body"]);
});
