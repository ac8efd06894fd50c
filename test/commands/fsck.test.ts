import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decide, grant } from "../gateway/decisions.ts";
import { openInstallation, type Installation } from "../gateway/installation.ts";
import { soglas } from "./soglas.ts";

let installation: Installation;
beforeAll(async () => {
  installation = await openInstallation();
  await decide(installation, grant((await installation.gateway.sites.effective("clinic"))!.hash));
  await installation.gateway.integrator.integrate();
});
afterAll(() => installation.close());

const fsck = (...words: string[]) => soglas(installation, "fsck", ...words);

describe("soglas fsck", () => {
  it("says of every log that it is whole", async () => {
    const { code, said } = await fsck();
    expect(said).toMatch(
      /^rodnik-clinic\.example\/soglas\/\d{4}: whole: 2 entries under 1 checkpoint$/m,
    );
    expect(said).toMatch(/^eu\.rodnik-clinic\.example\/soglas\/\d{4}: whole: 1 entry/m);
    expect(code).toBe(0);
  });

  it("takes no words", async () => {
    expect(await fsck("clinic")).toMatchObject({ code: 2 });
  });

  it("says which log is damaged, where, and what to do", async () => {
    await installation.gateway.storage.main.transaction((trx) =>
      trx.deleteFrom("entries").where("log", "=", 1).where("idx", "=", 1).execute(),
    );
    const { code, said } = await fsck();
    expect(said).toMatch(/: NOT RIGHT: entry 1 is not there$/m);
    expect(said).toContain("What to do: stop the gateway and keep a copy");
    expect(code).toBe(1);
  });
});
