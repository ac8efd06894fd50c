import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decide, grant } from "../gateway/decisions.ts";
import { openInstallation, type Installation } from "../gateway/installation.ts";
import { soglas } from "./soglas.ts";

let installation: Installation;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "soglas-export-"));
  installation = await openInstallation();
  const { hash } = (await installation.gateway.sites.effective("clinic"))!;
  for (const language of ["ru", "en", "ru"]) await decide(installation, grant(hash, { language }));
  await installation.gateway.integrator.integrate();
  await installation.gateway.indexer.index();
});
afterAll(async () => {
  await installation.close();
  await rm(folder, { recursive: true, force: true });
});

describe("soglas export", () => {
  it("writes a file beside a running gateway, which soglas verify export checks as it was told", async () => {
    const file = join(folder, "records.csv");
    const made = await soglas(installation, "export", "--site", "clinic", "--out", file);
    expect(made).toMatchObject({ code: 0, said: expect.stringContaining("3 records in") });
    const [, words] = /^soglas (verify export .+)$/m.exec(made.said)!;
    const checked = await soglas(installation, ...words!.split(" "));
    expect(checked).toMatchObject({
      code: 0,
      said: expect.stringMatching(/^VERIFIED {2}3 records/),
    });

    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace(",banner,", ",preferences,"));
    const forged = await soglas(installation, ...words!.split(" "));
    expect(forged).toMatchObject({ code: 1, said: expect.stringMatching(/^NOT VERIFIED/) });
  });

  it("takes the filters of a search, and never another file's place", async () => {
    const file = join(folder, "english.jsonl");
    const words = ["--site", "clinic", "--form", "jsonl", "--filter", "language=en"];
    const once = await soglas(installation, "export", ...words, "--out", file);
    expect(once.said).toContain("1 record in");
    const again = await soglas(installation, "export", ...words, "--out", file);
    expect(again.code).toBe(1);
    expect((await readFile(file, "utf8")).split("\n")).toHaveLength(4);
  });

  it("says what is wrong with a call", async () => {
    const out = join(folder, "none.csv");
    for (const words of [
      [],
      ["--site", "nowhere", "--out", out],
      ["--site", "clinic", "--out", out, "--from", "yesterday"],
      ["--site", "clinic", "--out", out, "--filter", "mood=good"],
    ])
      expect(await soglas(installation, "export", ...words)).toMatchObject({
        code: 2,
        said: expect.stringContaining("Usage: soglas export"),
      });
  });
});
