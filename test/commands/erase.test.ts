import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { consentId } from "../../gateway/log/consent-id.ts";
import { decide, grant, newId } from "../gateway/decisions.ts";
import { openInstallation, type Installation } from "../gateway/installation.ts";
import { soglas } from "./soglas.ts";

let installation: Installation;
let config: string;
beforeAll(async () => {
  installation = await openInstallation();
  config = (await installation.gateway.sites.effective("clinic"))!.hash;
});
afterAll(() => installation.close());

const erase = (...words: string[]) => soglas(installation, "erase", ...words);

describe("soglas erase", () => {
  it("erases beside a running gateway, once", async () => {
    const body = grant(config);
    await decide(installation, body);
    const id = consentId("clinic", body.secret);
    const words = ["--site", "clinic", "--consent-id", id, "--reason", "order"];
    const done = await erase(...words);
    expect(done).toMatchObject({ code: 0, said: expect.stringMatching(/^erased; /) });
    expect(await installation.gateway.log.subjectOf("clinic", body.secret)).toBeNull();
    expect(await erase(...words)).toMatchObject({
      code: 1,
      said: expect.stringContaining("no records"),
    });
  });

  it("leaves held records, and says so", async () => {
    const body = grant(config);
    await decide(installation, body);
    const name = { site: "clinic", consentId: consentId("clinic", body.secret) };
    await installation.gateway.erasures.holds.set(name, { reason: "case", keyId: "k" });
    const refused = await erase("--site", name.site, "--consent-id", name.consentId);
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining("legal hold") });
    expect(await installation.gateway.log.subjectOf("clinic", body.secret)).not.toBeNull();
  });

  it("says what is wrong with a call", async () => {
    for (const words of [
      [],
      ["--site", "clinic", "--consent-id", "nobody"],
      ["--site", "clinic", "--consent-id", consentId("clinic", newId()), "--reason", "fun"],
    ])
      expect(await erase(...words)).toMatchObject({
        code: 2,
        said: expect.stringContaining("Usage: soglas erase"),
      });
  });
});
