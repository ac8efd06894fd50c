import { afterAll, beforeAll, expect, test } from "vitest";
import { sessionIdle, sessionLength } from "../../gateway/staff/sessions.ts";
import { openInstallation, type Installation } from "./installation.ts";

let installation: Installation;
beforeAll(async () => {
  installation = await openInstallation({ sites: [] });
});
afterAll(() => installation.close());

async function start(expiresIn: number | null = null) {
  const { staff, clock } = installation;
  const { id } = await staff.keys.create({
    label: "Anna",
    role: "compliance",
    site: null,
    expiresAt: expiresIn === null ? null : clock.now() + expiresIn,
  });
  return { id, value: await staff.sessions.start(id) };
}

test("a session is its key's, and only a hash of its value is stored", async () => {
  const { id, value } = await start();
  expect(Buffer.from(value, "base64url")).toHaveLength(32);
  expect(await installation.staff.sessions.holder(value, true)).toMatchObject({
    keyId: id,
    role: "compliance",
  });
  const rows = await installation.storage.main.read.selectFrom("sessions").selectAll().execute();
  for (const row of rows) expect(Buffer.from(row.hash).toString("base64url")).not.toBe(value);
  expect(await installation.staff.sessions.holder("", true)).toBeNull();
  expect(await installation.staff.sessions.holder(`${value}A`, true)).toBeNull();
});

test("it ends half an hour after the officer last did something", async () => {
  const { staff, clock } = installation;
  const { value } = await start();
  clock.advance(sessionIdle - 1);
  expect(await staff.sessions.holder(value, true)).not.toBeNull();
  clock.advance(sessionIdle - 1);
  expect(await staff.sessions.holder(value, true)).not.toBeNull();
  clock.advance(sessionIdle);
  expect(await staff.sessions.holder(value, true)).toBeNull();
});

test("a console that refreshes by itself does not keep it alive", async () => {
  const { staff, clock } = installation;
  const { value } = await start();
  for (let waited = 0; waited < sessionIdle - 60_000; waited += 60_000) {
    clock.advance(60_000);
    expect(await staff.sessions.holder(value, false)).not.toBeNull();
  }
  clock.advance(60_000);
  expect(await staff.sessions.holder(value, false)).toBeNull();
});

test("it ends after twelve hours, whatever the officer does", async () => {
  const { staff, clock } = installation;
  const { value } = await start();
  const step = sessionIdle / 2;
  for (let passed = step; passed < sessionLength; passed += step) {
    clock.advance(step);
    expect(await staff.sessions.holder(value, true)).not.toBeNull();
  }
  clock.advance(step);
  expect(await staff.sessions.holder(value, true)).toBeNull();
});

test("it ends with its key, revoked or expired", async () => {
  const { staff, clock } = installation;
  const revoked = await start();
  const expiring = await start(5000);
  await staff.keys.revoke(revoked.id);
  expect(await staff.sessions.holder(revoked.value, true)).toBeNull();
  expect(await staff.sessions.holder(expiring.value, true)).not.toBeNull();
  clock.advance(5000);
  expect(await staff.sessions.holder(expiring.value, true)).toBeNull();
});

test("signing out ends this session and no other", async () => {
  const { staff } = installation;
  const { id, value } = await start();
  const other = await staff.sessions.start(id);
  await staff.sessions.end(value);
  expect(await staff.sessions.holder(value, true)).toBeNull();
  expect(await staff.sessions.holder(other, true)).not.toBeNull();
});

test("sessions that are over leave the database when the next one begins", async () => {
  const { storage, clock } = installation;
  await start();
  clock.advance(sessionIdle);
  await start();
  const rows = await storage.main.read.selectFrom("sessions").selectAll().execute();
  expect(rows).toHaveLength(1);
});
