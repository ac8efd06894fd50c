/** The choice's cookie, written once more by a gateway that shares the page's origin. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SiteInput } from "../../../gateway/contract/site.ts";
import type { TagConfig } from "../../../gateway/contract/widget.ts";
import { encodeSaved } from "../../../widget/core/choice/encode.ts";
import { postFromPage } from "../../gateway/decisions.ts";
import { openInstallation, type Installation } from "../../gateway/installation.ts";
import { demoWith } from "../../sites/demo-with.ts";

const origin = "https://www.clinic-eu.test";
const day = 86_400;
const now = Date.UTC(2026, 5, 1, 12);
const nowSeconds = now / 1000;
let installation: Installation;

/** Publishes the site with another cookie. */
async function keep(cookie: SiteInput["cookie"]): Promise<void> {
  const files = await demoWith("clinic-eu", (site) => {
    site.validity = { grantDays: 300, refusalDays: 200 };
    site.origins = [origin, "https://shop.clinic-eu.test"];
    site.cookie = cookie;
  });
  await installation.gateway.sites.publish(files);
}

beforeAll(async () => {
  installation = await openInstallation({
    publicUrl: `${origin}/privacy`,
    clock: { now: () => now },
  });
  await keep({ name: "choice", domain: "clinic-eu.test" });
});
afterAll(() => installation.close());

const written = (time: number, granted: boolean) =>
  encodeSaved(
    {
      secret: granted ? "AbCdEfGhIjKlMnOpQrStUg" : "",
      counter: granted ? 3 : 0,
      time,
      choice: { a: granted, c: granted },
    },
    { revision: "pX3_k9-Z", asked: ["a", "b", "c"] } as TagConfig,
  );
async function renewed(cookie: string, from = origin): Promise<[number, string | null]> {
  const headers = { Origin: from, Cookie: cookie };
  const answer = await postFromPage(installation, "/v1/sites/clinic-eu/cookie", "", headers);
  return [answer.status, answer.headers.get("set-cookie")];
}

describe("POST /v1/sites/{site}/cookie", () => {
  it("writes what the widget has written, for as long as the choice counts", async () => {
    const grant = written(nowSeconds - 10 * day, true);
    expect(await renewed(`choice=${grant}`)).toEqual([
      204,
      `choice=${grant}; Path=/; Max-Age=${290 * day}; SameSite=Lax; Domain=clinic-eu.test; Secure`,
    ]);
    const refusal = written(nowSeconds - 199 * day, false);
    expect((await renewed(`choice=${refusal}`))[1]).toContain(`Max-Age=${day};`);
  });

  it("lengthens nothing by a clock that runs ahead, and brings nothing back that has lapsed", async () => {
    const ahead = written(nowSeconds + 500 * day, true);
    expect((await renewed(`choice=${ahead}`))[1]).toContain(`Max-Age=${300 * day};`);
    expect(await renewed(`choice=${written(nowSeconds - 200 * day, false)}`)).toEqual([204, null]);
  });

  it("looks at no other cookie, and answers nothing to a damaged one", async () => {
    const grant = written(nowSeconds, true);
    const [, header] = await renewed(`session=s3cret; choice=${grant}; _ga=GA1.2.3`);
    expect(header).toContain(`choice=${grant};`);
    expect(header).not.toMatch(/s3cret|GA1/);
    for (const cookie of ["", "session=s3cret", "choice=", `choice=${grant}x`, "mychoice=1"])
      expect(await renewed(cookie)).toEqual([204, null]);
    expect(installation.logged.join()).not.toMatch(new RegExp(`s3cret|GA1|${grant.slice(2, 20)}`));
  });

  it("puts nothing into the header that a visitor chose", async () => {
    const texts = fc.array(fc.stringMatching(/^[\x21-\x7e ]{0,60}$/), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(texts, async (pairs) => {
        const [status, header] = await renewed(pairs.map((text) => `choice=${text}`).join("; "));
        expect([status, header]).toEqual([204, null]);
      }),
      { numRuns: 50 },
    );
  });

  it("is for pages of the gateway's own origin", async () => {
    const from = "https://shop.clinic-eu.test";
    expect(await renewed(`choice=${written(nowSeconds, true)}`, from)).toEqual([403, null]);
  });

  it("keeps no cookie alive of a site that now keeps choices in local storage", async () => {
    await keep({ name: "choice", keep: "local" });
    expect(await renewed(`choice=${written(nowSeconds, true)}`)).toEqual([204, null]);
    const tag = await (await installation.app.request("/s/clinic-eu.js")).text();
    expect(tag).not.toContain('"renewal":true');
    const page = await installation.app.request(`/p/clinic-eu/choices?lang=en`);
    const text = await page.text();
    expect(text).toContain("keeps it where only scripts can put it");
    expect(text).not.toMatch(/<form|<input/);
  });
});
