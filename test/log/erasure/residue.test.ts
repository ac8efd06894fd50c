import { readFile } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { decision } from "../load.ts";
import { clinic, granted, minute, queueEvent, visitor, type Clinic } from "./installation.ts";

const files = ["main.sqlite", "main.sqlite-wal", "keys.sqlite", "keys.sqlite-wal"];

/** Which of these bytes stand anywhere in the files, as they are on the disk now. */
async function found({ folder }: Clinic, planted: Record<string, Uint8Array>): Promise<string[]> {
  const contents = await Promise.all(files.map((name) => readFile(join(folder, name))));
  return Object.entries(planted).flatMap(([name, bytes]) =>
    contents.flatMap((content, i) =>
      content.includes(Buffer.from(bytes)) ? [`${name} in ${files[i]}`] : [],
    ),
  );
}

/** Everything of a visitor that an erasure must take out of the files. */
async function plant(opened: Clinic): Promise<{
  name: { site: string; consentId: string };
  subject: Uint8Array;
  planted: Record<string, Uint8Array>;
}> {
  const { log, storage } = opened;
  const { name, secret } = visitor();
  const inputs = [1, 2, 3].map((counter) =>
    decision({ secret, counter, page: `/doctors/${counter}/${"x".repeat(400)}` }),
  );
  for (const input of inputs) await log.append(input);
  const subject = (await log.subjectOf("clinic", secret))!;
  const payload = `{"goal":"planted payload of ${name.consentId}"}`;
  await queueEvent(opened, subject, { payload, state: "dead", reason: "too_old" });
  const rows = await storage.main.read
    .selectFrom("records")
    .select("sealed")
    .where("subject", "=", subject)
    .execute();
  const key = await storage.keys.read
    .selectFrom("subject_keys")
    .select(["key", "map"])
    .where("subject", "=", subject)
    .executeTakeFirstOrThrow();
  return {
    name,
    subject,
    planted: {
      key: key.key,
      map: key.map,
      payload: Buffer.from(payload),
      ...Object.fromEntries(
        rows.flatMap(({ sealed }, i) => [
          [`start of seal ${i}`, sealed!.subarray(0, 32)],
          [`end of seal ${i}`, sealed!.subarray(-32)],
        ]),
      ),
      ...Object.fromEntries(inputs.map(({ bodyHash }, i) => [`body hash ${i}`, bodyHash])),
    },
  };
}

/** Enough others around the visitor that pages have been split and merged. */
const crowd = async (opened: Clinic, visitors: number) => {
  await Promise.all(Array.from({ length: visitors }, () => granted(opened)));
};

describe("the files of an erased visitor", () => {
  it("hold none of their bytes, and after the last look at what was under way not the reference", async () => {
    const opened = await clinic();
    const { clock, erasures } = opened;
    await crowd(opened, 150);
    const { name, subject, planted } = await plant(opened);
    await crowd(opened, 150);
    expect((await found(opened, planted)).length).toBeGreaterThanOrEqual(
      Object.keys(planted).length,
    );

    expect(await erasures.erase(name, "visitor")).toEqual({ residue: "gone" });
    expect(await found(opened, planted)).toEqual([]);

    clock.time += 10 * minute;
    await erasures.runOnce();
    expect(await found(opened, { ...planted, subject })).toEqual([]);
  });

  it("are reported pending while somebody reads them, and are clean once nobody does", async () => {
    const opened = await clinic();
    const { erasures, folder, storage } = opened;
    const { name, planted } = await plant(opened);
    const reader = new DatabaseSync(join(folder, "main.sqlite"), { readOnly: true });
    reader.exec("begin");
    reader.prepare("select count(*) from records").get();

    expect(await erasures.erase(name, "visitor")).toEqual({ residue: "pending" });
    await erasures.runOnce();
    expect(await found(opened, planted)).not.toEqual([]);
    const marks = () => storage.main.read.selectFrom("erasures").select("clean").execute();
    expect(await marks()).toEqual([{ clean: 0 }]);

    reader.close();
    await erasures.runOnce();
    expect(await found(opened, planted)).toEqual([]);
    expect(await marks()).toEqual([{ clean: 1 }]);
  });
});
