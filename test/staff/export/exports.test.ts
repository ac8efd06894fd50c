import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openInstallation, randomId, type Installation } from "../installation.ts";
import { exportOf, outcome, resealed, verified, words, type ExportFile } from "./exported.ts";

let installation: Installation;
let key: string;
const secret = randomId();
const forms = ["csv", "jsonl", "receipts"] as const;
const files = new Map<string, ExportFile>();

/** Records of two years, so of two logs. */
beforeAll(async () => {
  installation = await openInstallation({ start: Date.UTC(2026, 11, 31, 20, 0, 0) });
  const grant = { label: "export", role: "auditor", site: null, expiresAt: null } as const;
  ({ key } = await installation.staff.keys.create(grant));
  for (let n = 0; n < 40; n += 1) {
    await installation.decide("clinic", {
      language: n % 4 === 0 ? "en" : "ru",
      ...(n === 7 && { secret }),
    });
    installation.clock.advance(10 * 60_000);
  }
  await installation.integrator.integrate();
  await installation.indexer.index();
  for (const form of forms) files.set(form, await exportOf(installation, key, { form }));
});
afterAll(() => installation.close());

const fileOf = (form: string) => files.get(form)!;
const lineEnd = (form: string) => (form === "csv" ? "\r\n" : "\n");
const isRecord = (line: string) => /^(record,|\{"kind":"record")/.test(line);

describe.each(forms)("an export as %s", (form) => {
  test("is verified whole, and says what it is", async () => {
    const { text, keys } = fileOf(form);
    const report = await verified(text, keys);
    expect(report.logs.map(({ records, covers }) => [records > 0, covers !== null])).toEqual([
      [true, true],
      [true, true],
    ]);
    expect(report.logs.reduce((sum, { records }) => sum + records, 0)).toBe(40);
    expect(words(report)).toContain("Nothing is missing in between");
    expect(words(report)).toContain("of the site clinic");
  });

  test("any byte that is flipped is found", async () => {
    const { text, keys } = fileOf(form);
    const bytes = Buffer.from(text);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, mask) => {
          const flipped = Buffer.from(bytes);
          flipped[at]! ^= mask;
          expect(await outcome(flipped, keys)).not.toBe("verified");
        },
      ),
      { numRuns: 120 },
    );
  });

  test("who drops, repeats, moves or changes a record is found, with the digest put right too", async () => {
    const { text, keys } = fileOf(form);
    const lines = text.split(lineEnd(form));
    const records = lines.flatMap((line, at) => (isRecord(line) ? [at] : []));
    const forged = (change: (lines: string[]) => void) => {
      const copy = [...lines];
      change(copy);
      return outcome(resealed(copy.join(lineEnd(form))), keys);
    };
    expect(await forged(() => undefined)).toBe("verified");
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...records), fc.constantFrom(...records), async (a, b) => {
        expect(await forged((copy) => copy.splice(a, 1))).not.toBe("verified");
        expect(await forged((copy) => copy.splice(b, 0, copy[a]!))).not.toBe("verified");
        if (a !== b)
          expect(await forged((copy) => ([copy[a], copy[b]] = [copy[b]!, copy[a]!]))).not.toBe(
            "verified",
          );
        const changed = (copy: string[]) => {
          copy[a] = copy[a]!.replaceAll("denied", "granted");
        };
        expect(await forged(changed)).not.toBe("verified");
      }),
      { numRuns: 25 },
    );
  });

  test("a part of a file is no export", async () => {
    const { text, keys } = fileOf(form);
    for (const length of [0, 10, text.length / 2, text.length - 1])
      expect(await outcome(text.slice(0, length), keys)).toBe("bad_export");
    expect(await outcome(`${text}${text.split("\n")[1]}\n`, keys)).toBe("bad_export");
    // Nor is its end alone, which nobody has signed.
    const lines = text.split("\n");
    const emptied = [...(form === "csv" ? lines.slice(0, 1) : []), ...lines.slice(-2)].join("\n");
    expect(await outcome(resealed(emptied), keys)).toBe("bad_export");
  });

  test("a selection is verified as one", async () => {
    const { text, keys } = await exportOf(installation, key, { form, language: "en" });
    const report = await verified(text, keys);
    expect(report.logs.reduce((sum, { records }) => sum + records, 0)).toBe(10);
    expect(report.logs.every(({ covers }) => covers === null)).toBe(true);
    expect(words(report)).toContain("cannot be known");
    expect(words(report)).toContain("language en");
  });

  test("a record cannot be passed off as left out of a whole range", async () => {
    const from = String(Date.UTC(2026, 11, 31, 20, 30, 0) / 1000);
    const { text, keys } = await exportOf(installation, key, { form, from });
    const report = await verified(text, keys);
    expect(report.logs[0]!.covers!.from).toBeGreaterThan(1);
    // The selection's rows under the whole range's claim.
    const part = await exportOf(installation, key, { form, language: "en" });
    const { from: first, to } = report.logs[0]!.covers!;
    const claimed =
      form === "csv"
        ? part.text.replace(/\r\nlog,([^,]+),,/, `\r\nlog,$1,${first}..${to},`)
        : part.text.replace('"covers":null', `"covers":[${first},${to}]`);
    expect(claimed).not.toBe(part.text);
    expect(await outcome(resealed(claimed), part.keys)).toBe("not_included");
  });
});

test("without the key of each log an export cannot be checked", async () => {
  const { text, keys } = fileOf("csv");
  expect(keys).toHaveLength(2);
  expect(await outcome(text, keys.slice(0, 1))).toBe("bad_key");
});

test("cells that a spreadsheet would run begin with an apostrophe, and still verify", async () => {
  const { text } = fileOf("csv");
  expect(text).not.toMatch(/(^|,|")[=+@-]/m);
  for (let n = 0; n < 3; n += 1)
    await installation.decide("clinic", { id: `-${randomId().slice(1)}` });
  await installation.integrator.integrate();
  const again = await exportOf(installation, key);
  expect(again.text).toMatch(/,'-[\w-]{21},/);
  expect(again.text).not.toMatch(/(^|,|")[=+@-]/m);
  expect(await outcome(again.text, again.keys)).toBe("verified");
});

test("one visitor's records, for the visitor: by consent id, which is not in the file", async () => {
  const { consentId } = await import("../../../gateway/log/consent-id.ts");
  const id = consentId("clinic", secret);
  const { text, keys, type, name } = await exportOf(installation, key, {
    form: "receipts",
    consentId: id,
  });
  const report = await verified(text, keys);
  expect(report.logs.reduce((sum, { records }) => sum + records, 0)).toBe(1);
  expect(text).not.toContain(id);
  expect(type).toMatch(/^application\/jsonl/);
  expect(name).toMatch(/clinic-20\d\d-\d\d-\d\d\.receipts\.jsonl/);
  const { receipt } = JSON.parse(text.split("\n")[0]!);
  expect(receipt).toMatchObject({ language: "ru", event: "first" });
  expect(receipt.piiControllers[0].piiController).not.toBe("");
  expect(receipt.purposes.map(({ id }: { id: string }) => id)).toContain("analytics");
});

test("every export stands in the trail, before and after", async () => {
  const rows = await installation.storage.main.read
    .selectFrom("staff_audit")
    .selectAll()
    .where("action", "=", "records.export")
    .orderBy("id")
    .limit(2)
    .execute();
  expect(rows.map(({ detail, count }) => [JSON.parse(detail), count])).toEqual([
    [{ site: "clinic", form: "csv", done: false }, 0],
    [{ site: "clinic", form: "csv", done: true }, 40],
  ]);
});
