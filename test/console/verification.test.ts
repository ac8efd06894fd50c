/** The officer's browser against a gateway that shows something else than it logged. */
import { webcrypto } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyRecord } from "../../gateway/console/verification.ts";
import { recordAnswer, type RecordAnswer } from "../../gateway/contract/staff/staff.ts";
import { openInstallation, type Installation } from "../staff/installation.ts";

const { subtle } = webcrypto as unknown as Crypto;
let installation: Installation;
let honest: RecordAnswer;
let other: RecordAnswer;
beforeAll(async () => {
  installation = await openInstallation({ sites: ["clinic"] });
  const decided = [await installation.decide("clinic"), await installation.decide("clinic")];
  await installation.integrator.integrate();
  const { key } = await installation.staff.keys.create({
    label: "auditor",
    role: "auditor",
    site: null,
    expiresAt: null,
  });
  [honest, other] = (await Promise.all(
    decided.map(async ({ recordId }) => {
      const response = await installation.app.request(`/v1/staff/records/clinic/${recordId}`, {
        headers: { Authorization: `Bearer ${key}` },
      });
      return recordAnswer.parse(await response.json());
    }),
  )) as [RecordAnswer, RecordAnswer];
});
afterAll(() => installation.close());

test("a record as it was logged is verified", async () => {
  expect(await verifyRecord(honest, subtle)).toEqual({ state: "verified", size: 3 });
});

const lies: Partial<RecordAnswer["record"]>[] = [
  { purposes: { analytics: "granted" } },
  { services: {} },
  { action: "change" },
  { place: "preferences" },
  { control: "save" },
  { offered: [] },
  { documents: ["consent"] },
  { time: 1_777_885_201 },
  { clientTime: 1_777_885_201 },
  { validUntil: 1_777_885_201 },
  { late: true },
  { language: "fr" },
  { theme: "dark" },
  { viewport: "narrow" },
  { gpc: true },
  { origin: "https://other.example" },
  { browser: "Chrome 1" },
  { device: "tablet" },
  { country: "RU" },
  { index: 0 },
  { log: "other.example/soglas/2026" },
  { id: "AAAAAAAAAAAAAAAAAAAAAA" },
  { commitment: "A".repeat(43) },
];

test.each(lies)("what was not logged so is not verified: %o", async (lie) => {
  const shown = { ...honest, record: { ...honest.record, ...lie } };
  expect(await verifyRecord(shown, subtle)).toEqual({ state: "failed", code: "other_record" });
});

test("the proof of another record proves nothing, whatever the gateway says of it", async () => {
  const shown = { ...honest, proof: { ...other.proof, status: "verified" as const } };
  expect(await verifyRecord(shown, subtle)).toEqual({ state: "failed", code: "other_record" });
});

test("a changed receipt is not verified", async () => {
  const receipt = honest.proof.receipt!.replace(/^index \d+/m, "index 0");
  const shown = { ...honest, proof: { ...honest.proof, receipt } };
  expect(await verifyRecord(shown, subtle)).toEqual({ state: "failed", code: "not_included" });
});

test("no proof yet, and a browser without cryptography, are no failures of the log", async () => {
  const proof = { ...honest.proof, receipt: null };
  expect(await verifyRecord({ ...honest, proof }, subtle)).toEqual({ state: "pending" });
  expect(await verifyRecord(honest, undefined)).toEqual({
    state: "unchecked",
    code: "unsupported",
  });
});
