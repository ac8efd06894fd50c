/** Several gateways on one PostgreSQL: what one decides about keys and sessions holds for all. */
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readSettings } from "../../gateway/env.ts";
import { jsonLogger } from "../../gateway/logger.ts";
import { installationSecret } from "../../gateway/secret.ts";
import { openStaff, type Staff } from "../../gateway/staff/staff.ts";
import { openStorage } from "../../gateway/storage/open.ts";
import type { Storage } from "../../gateway/storage/storage.ts";
import { startPostgres, type Postgres } from "../storage/postgres.ts";

let postgres: Postgres;
let storages: Storage[];
let replicas: Staff[];

beforeAll(async () => {
  postgres = await startPostgres();
  const [url, keysUrl] = [await postgres.database(), await postgres.database()];
  const open = () => openStorage({ engine: "postgres", url, keysUrl });
  storages = [await open(), await open(), await open()];
  const secret = installationSecret(randomBytes(32));
  const clock = { now: () => 1_780_000_000_000 };
  const settings = readSettings({
    SOGLAS_OIDC_ISSUER: "https://id.example",
    SOGLAS_OIDC_CLIENT_ID: "soglas",
    SOGLAS_OIDC_ROLES: '[{"value":"privacy","role":"compliance","sites":["clinic"]}]',
  });
  const logger = jsonLogger("silent");
  replicas = storages.map((storage) => openStaff({ ...settings, storage, clock, secret, logger }));
});

afterAll(async () => {
  await Promise.all(storages.map((storage) => storage.close()));
  await postgres.stop();
});

test("replicas that start at once make one first key between them", async () => {
  const made = await Promise.all(replicas.map(({ keys }) => keys.ensureFirstKey()));
  const [key, ...others] = made.filter((key) => key !== null);
  expect(others).toEqual([]);
  for (const { keys } of replicas) expect(await keys.verify(key!)).toMatchObject({ role: "owner" });
});

test("a session begun at one is known to the others, and ends everywhere with its key", async () => {
  const [one, two, three] = replicas as [Staff, Staff, Staff];
  const { id } = await one.keys.create({
    label: "Anna",
    role: "auditor",
    site: "clinic",
    expiresAt: 1_780_000_900_000,
  });
  const value = await one.sessions.start(id);
  expect(await two.sessions.holder(value, true)).toEqual({
    keyId: id,
    label: "Anna",
    role: "auditor",
    sites: ["clinic"],
    isPerson: false,
  });
  expect(await two.keys.revoke(id)).toBe(true);
  expect(await three.sessions.holder(value, true)).toBeNull();
  expect(await three.keys.revoke(id)).toBe(false);
});

test("moments and counts come back as numbers", async () => {
  const [one] = replicas as [Staff];
  const [stored] = await one.keys.list();
  expect(stored).toMatchObject({ createdAt: 1_780_000_000_000 });
  await one.audit.note({ keyId: stored!.id, action: "sites.list", detail: {}, count: 2 });
  const rows = await storages[0]!.main.read.selectFrom("staff_audit").selectAll().execute();
  expect(rows).toMatchObject([{ at: 1_780_000_000_000, action: "sites.list", count: 2 }]);
});

test("a person who comes in at several at once is one person, with a session at all", async () => {
  const [one, two] = replicas as [Staff, Staff];
  const identity = {
    issuer: "https://id.example/",
    subject: "7",
    label: "olga@clinic.example",
    entitlement: "privacy",
  };
  const ids = await Promise.all(replicas.map(({ people }) => people.cameIn(identity)));
  expect(new Set(ids).size).toBe(1);
  const value = await one.sessions.start(ids[0]!);
  expect(await two.sessions.holder(value, true)).toEqual({
    keyId: ids[0],
    label: "olga@clinic.example",
    role: "compliance",
    sites: ["clinic"],
    isPerson: true,
  });
  expect(await one.sessions.endAll(ids[0]!)).toBe(1);
  expect(await two.sessions.holder(value, true)).toBeNull();
});
