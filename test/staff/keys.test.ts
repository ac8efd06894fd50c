import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { KeyGrant } from "../../gateway/staff/keys.ts";
import { openInstallation, type Installation } from "./installation.ts";

let installation: Installation;
beforeAll(async () => {
  installation = await openInstallation({ sites: [] });
});
afterAll(() => installation.close());

const grant = (changed: Partial<KeyGrant> = {}): KeyGrant => ({
  label: "Anna",
  role: "compliance",
  site: null,
  expiresAt: null,
  ...changed,
});

test("the first owner key is made once, however many start at the same time", async () => {
  const { keys } = installation.staff;
  await keys.create(grant({ role: "backend" }));
  const answers = await Promise.all([keys.ensureFirstKey(), keys.ensureFirstKey()]);
  const [key, ...others] = answers.filter((answer) => answer !== null);
  expect(others).toEqual([]);
  expect(key).toMatch(/^soglas_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$/);
  expect(await keys.verify(key!)).toMatchObject({ role: "owner", sites: null });
  expect(await keys.ensureFirstKey()).toBeNull();
});

test("a revoked first key is not made again", async () => {
  const alone = await openInstallation({ sites: [] });
  try {
    const { keys } = alone.staff;
    const key = (await keys.ensureFirstKey())!;
    expect(await keys.revoke((await keys.verify(key))!.keyId)).toBe(true);
    expect(await keys.ensureFirstKey()).toBeNull();
    expect(await keys.verify(key)).toBeNull();
  } finally {
    await alone.close();
  }
});

test("only the hash of a key is stored", async () => {
  const { id, key } = await installation.staff.keys.create(grant());
  const row = await installation.storage.main.read
    .selectFrom("access_keys")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  expect(Buffer.from(row.hash)).toEqual(createHash("sha256").update(key).digest());
  const secret = key.slice(-43);
  const { hash, ...readable } = row;
  expect(JSON.stringify(readable)).not.toContain(secret);
  expect(Buffer.from(hash).toString("latin1")).not.toContain(secret);
  expect(JSON.stringify(await installation.staff.keys.list())).not.toContain(secret);
});

test("a key changed in any one character is nobody's", async () => {
  const { key } = await installation.staff.keys.create(grant());
  await fc.assert(
    fc.asyncProperty(
      fc.nat(key.length - 1),
      fc.string({ minLength: 0, maxLength: 2 }),
      async (position, replacement) => {
        fc.pre(replacement !== key[position]);
        const changed = key.slice(0, position) + replacement + key.slice(position + 1);
        expect(await installation.staff.keys.verify(changed)).toBeNull();
      },
    ),
    { numRuns: 200 },
  );
  expect(await installation.staff.keys.verify(key)).not.toBeNull();
});

test("the secret of one key does not open another", async () => {
  const { keys } = installation.staff;
  const [one, other] = [await keys.create(grant()), await keys.create(grant())];
  expect(await keys.verify(`soglas_${one.id}_${other.key.slice(-43)}`)).toBeNull();
});

test("a key counts until the moment it expires", async () => {
  const { staff, clock } = installation;
  const { key } = await staff.keys.create(
    grant({ role: "auditor", expiresAt: clock.now() + 1000 }),
  );
  clock.advance(999);
  expect(await staff.keys.verify(key)).toMatchObject({ role: "auditor", label: "Anna" });
  clock.advance(1);
  expect(await staff.keys.verify(key)).toBeNull();
});

test("revoking answers once, and lists when", async () => {
  const { staff, clock } = installation;
  const { id, key } = await staff.keys.create(grant({ site: "clinic" }));
  expect(await staff.keys.verify(key)).toMatchObject({ sites: ["clinic"] });
  expect(await staff.keys.revoke(id)).toBe(true);
  expect(await staff.keys.revoke(id)).toBe(false);
  expect(await staff.keys.revoke("0000000000000000")).toBe(false);
  expect(await staff.keys.verify(key)).toBeNull();
  const listed = (await staff.keys.list()).find((stored) => stored.id === id);
  expect(listed).toMatchObject({ role: "compliance", site: "clinic", revokedAt: clock.now() });
});
