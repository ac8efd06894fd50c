/** The proof of a decision: recorded before it is acknowledged, once, in order, whatever the network does. */
import { createHash } from "node:crypto";
import type { BrowserContext } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { StoredRecord } from "../../gateway/log/reader.ts";
import { openClinic, type ClinicPage } from "./clinic.ts";
import { interrupt } from "./interruption.ts";
import { gatewayHost, sharedWorld } from "./world.ts";

const world = await sharedWorld();

const page = "https://www.clinic.test/services";
const waiting = (clinic: ClinicPage) =>
  clinic
    .storageKeys()
    .then((keys) => keys.filter((key) => key.startsWith("soglas.clinic.due.queue.")).length);
const cookieOf = async (context: BrowserContext) =>
  (await context.cookies()).find(({ name }) => name === "soglas");

/** Records of the clinic that the gateway holds for these record ids, in their order. */
async function records(ids: string[]): Promise<(StoredRecord | null)[]> {
  return Promise.all(ids.map((id) => world.gateway.records.record("clinic", id)));
}

describe("a decision", () => {
  it("is one record with everything that was shown and chosen, and no address", async () => {
    const context = await world.visitor({ colorScheme: "dark" });
    const clinic = await openClinic(context, `${page}?utm_source=mail#top`);
    await clinic.choose(["metrika-clean"]);
    await expect.poll(() => world.decisions("clinic").length).toBe(1);
    await expect.poll(() => waiting(clinic)).toBe(0);
    const [sent] = world.decisions("clinic");
    const [record] = await records([sent!.id]);
    expect(record?.decision).toMatchObject({
      action: "first",
      place: "preferences",
      control: "save",
      counter: 1,
      language: "ru",
      theme: "dark",
      viewport: "wide",
      purposes: { analytics: "granted", media: "denied" },
      services: { metrika: "denied", "metrika-clean": "granted" },
      documents: ["consent"],
      origin: "https://www.clinic.test",
      device: "desktop",
      gpc: false,
      late: false,
    });
    expect(sent!.page).toBe("/services");
    const shown = await world.gateway.sites.logged("clinic", record!.decision.config);
    expect(shown?.version).toMatch(/^[\w-]{43}$/);
    const stored = JSON.stringify(record);
    for (const secret of [sent!.secret, "127.0.0.1", "utm_source", "/services"])
      expect(stored).not.toContain(secret);
  });

  it("leaves a consent cookie of at most 120 bytes that every subdomain name would carry once", async () => {
    const context = await world.visitor();
    const clinic = await openClinic(context, page);
    await clinic.acceptAll();
    await expect.poll(() => cookieOf(context)).toBeDefined();
    const cookie = await cookieOf(context);
    expect(`${cookie!.name}=${cookie!.value}`.length).toBeLessThanOrEqual(120);
  });

  it("gives the visitor a receipt and a consent id, which follows from site and secret alone", async () => {
    const clinic = await openClinic(await world.visitor(), page);
    await clinic.acceptAll();
    await expect.poll(() => world.decisions("clinic").length).toBe(1);
    await expect.poll(() => waiting(clinic)).toBe(0);
    await clinic.openPreferences();
    const { secret } = world.decisions("clinic")[0]!;
    // SHA-256 over site and secret, 80 bits of it in base 32 without I, L, O and U.
    const bits = createHash("sha256").update(`clinic${secret}`).digest("hex").slice(0, 20);
    const id = [...BigInt(`0x${bits}`).toString(2).padStart(80, "0").matchAll(/.{5}/g)]
      .map(([five]) => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[Number.parseInt(five, 2)])
      .join("")
      .replace(/.{4}(?=.)/g, "$&-");
    await expect.poll(() => clinic.preferences.textContent()).toContain(id);
    const receipt = clinic.preferences.getByRole("link", { name: /^(Receipt|Квитанция)$/ });
    const address = (await receipt.getAttribute("href"))!;
    await world.gateway.integrator.integrate();
    await expect
      .poll(() => clinic.page.evaluate(async (url) => (await fetch(url)).text(), address))
      .toMatch(/^c2sp\.org\/tlog-proof@v1\n/);
  });
});

describe("a gateway that is away", () => {
  it("neither blocks nor changes the choice, and gets the proof once when it is back", async () => {
    const context = await world.visitor();
    const clinic = await openClinic(context, "https://www.clinic.test/online");
    await clinic.recorder();
    world.hosts.setTrouble(gatewayHost, "away");
    await clinic.acceptAll();
    await expect.poll(() => clinic.banner.count()).toBe(0);
    await expect.poll(() => world.atVendors().map(({ path }) => path)).toContain("/metrika/tag.js");
    expect(await waiting(clinic)).toBe(1);
    expect(world.decisions("clinic")).toEqual([]);

    await clinic.openPreferences();
    const decision = clinic.page.locator("[part=decision]");
    expect(await decision.getByRole("link").count()).toBe(0);
    world.hosts.setTrouble(gatewayHost, null);
    await clinic.page.evaluate(() => dispatchEvent(new Event("online")));
    await expect.poll(() => waiting(clinic)).toBe(0);
    await decision.getByRole("link").waitFor();
    const [sent] = world.decisions("clinic");
    const [record] = await records([sent!.id]);
    expect(record?.decision.counter).toBe(1);
  });

  it("gets grant and withdrawal in their order, from a page opened later", async () => {
    const context = await world.visitor();
    const clinic = await openClinic(context, "https://www.clinic.test/services");
    await clinic.banner.waitFor();
    await clinic.openPreferences();
    await clinic.page.keyboard.press("Escape");
    await clinic.recorder();
    world.hosts.setTrouble(gatewayHost, "away");
    await clinic.acceptAll();
    await expect.poll(() => waiting(clinic)).toBe(1);
    await clinic.page.evaluate(() =>
      (window as unknown as { soglas: { withdraw(): void } }).soglas.withdraw(),
    );
    await expect.poll(() => waiting(clinic)).toBe(2);
    await clinic.page.close();

    world.hosts.setTrouble(gatewayHost, null);
    const later = await openClinic(context, page);
    await expect.poll(() => waiting(later), { timeout: 10_000 }).toBe(0);
    const sent = world.decisions("clinic");
    expect(sent.map(({ action }) => action)).toEqual(["first", "withdraw"]);
    const [grant, withdrawal] = await records(sent.map(({ id }) => id));
    expect(withdrawal!.index).toBeGreaterThan(grant!.index);
    expect(new Set(Object.values(withdrawal!.decision.services))).toEqual(new Set(["denied"]));
  });

  it("that took the decision but could not answer makes no second record", async () => {
    const clinic = await openClinic(await world.visitor(), page);
    await clinic.recorder();
    world.hosts.setTrouble(gatewayHost, "mute");
    await clinic.acceptAll();
    await expect.poll(() => world.decisions("clinic").length).toBe(1);
    expect(await waiting(clinic)).toBe(1);
    world.hosts.setTrouble(gatewayHost, null);
    await clinic.page.evaluate(() => dispatchEvent(new Event("online")));
    await expect.poll(() => waiting(clinic), { timeout: 15_000 }).toBe(0);
    expect(world.decisions("clinic")).toHaveLength(1);
    expect(world.atGateway("/v1/sites/clinic/consents").length).toBeGreaterThan(1);
  });

  it("that asks for patience is not asked again before the time it named", async () => {
    const clinic = await openClinic(await world.visitor(), page);
    await clinic.banner.waitFor();
    let refusals = 0;
    await clinic.page.route(`https://${gatewayHost}/v1/sites/clinic/consents`, async (route) => {
      refusals += 1;
      await route.fulfill({
        status: 429,
        headers: {
          "Retry-After": "600",
          "Access-Control-Allow-Origin": "https://www.clinic.test",
          "Access-Control-Expose-Headers": "Retry-After",
        },
        body: "{}",
      });
    });
    await clinic.acceptAll();
    await expect.poll(() => refusals).toBe(1);
    for (let turn = 0; turn < 3; turn += 1)
      await clinic.page.evaluate(() => dispatchEvent(new Event("online")));
    await clinic.page.waitForTimeout(1500);
    expect(refusals).toBe(1);
    expect(await waiting(clinic)).toBe(1);
  });
});

describe("a decision under texts that the gateway does not know", () => {
  it("is not in force, and is asked for again when current ones can be there", async () => {
    const context = await world.visitor();
    const clinic = await openClinic(context, page);
    await clinic.banner.waitFor();
    // As a tag that some cache has kept for too long would send it.
    const consents = `https://${gatewayHost}/v1/sites/clinic/consents`;
    const newest = await interrupt(clinic.page, consents, async (route) => {
      const body = JSON.parse(route.request().postData()!) as { config: string };
      await route.continue({ postData: JSON.stringify({ ...body, config: "A".repeat(43) }) });
    });
    // In force only until the gateway's answer comes.
    await clinic.banner.locator("[part=button]").first().click();
    await expect.poll(() => world.decisions("clinic").length).toBe(1);
    await expect.poll(() => waiting(clinic)).toBe(0);
    const granted = () =>
      clinic.page.evaluate(() =>
        (window as unknown as { soglas: { consent(): object } }).soglas.consent(),
      );
    await expect.poll(granted).toEqual({ decided: false, granted: ["necessary"] });

    await clinic.goto(page);
    await clinic.reopen.waitFor();
    expect(await clinic.banner.count()).toBe(0);

    await clinic.page.clock.setFixedTime(Date.now() + 301_000);
    newest();
    await clinic.goto(page);
    await clinic.acceptAll();
    await expect.poll(() => world.decisions("clinic").length).toBe(2);
    await expect.poll(() => waiting(clinic)).toBe(0);
    const sent = world.decisions("clinic").at(-1)!;
    const [record] = await records([sent.id]);
    expect(record?.decision).toMatchObject({ counter: 2, action: "renew" });
    expect(await granted()).toMatchObject({ decided: true });
  });
});

describe("a browser in odd states", () => {
  it("counts a damaged cookie as no choice", async () => {
    const context = await world.visitor();
    await context.addCookies([
      { name: "soglas", value: "1.%E0%A4%A.%%%.🙂", url: "https://www.clinic.test/" },
    ]);
    const clinic = await openClinic(context, page);
    await clinic.banner.waitFor();
    await clinic.acceptAll();
    await expect.poll(() => world.decisions("clinic").length).toBe(1);
  });

  it("lets a throwing listener of the page stop nothing", async () => {
    const clinic = await openClinic(await world.visitor());
    await clinic.page.addInitScript(() => {
      document.addEventListener("soglas:consent", () => {
        throw new Error("page code fails");
      });
      (window as unknown as { soglas: unknown[] }).soglas = [
        [
          "on",
          "consent",
          () => {
            throw new Error("listener fails");
          },
        ],
      ];
    });
    await clinic.goto("https://www.clinic.test/online");
    await clinic.acceptAll();
    await expect.poll(() => world.decisions("clinic").length).toBe(1);
    await expect.poll(() => world.atVendors().map(({ path }) => path)).toContain("/metrika/tag.js");
  });

  it("works on plain http, without randomUUID and subtle crypto", async () => {
    const clinic = await openClinic(await world.visitor(), "http://plain.clinic.test/services");
    expect(await clinic.page.evaluate(() => [isSecureContext, typeof crypto.subtle])).toEqual([
      false,
      "undefined",
    ]);
    await clinic.acceptAll();
    await expect.poll(() => world.decisions("clinic").length).toBe(1);
    await expect.poll(() => waiting(clinic)).toBe(0);
    await clinic.openPreferences();
    await clinic.withdrawEverything();
    await expect.poll(() => world.decisions("clinic").length).toBe(2);
  });

  it("runs twice without asking or recording twice", async () => {
    const clinic = await openClinic(await world.visitor(), page);
    await clinic.banner.waitFor();
    await clinic.page.addScriptTag({ url: `https://${gatewayHost}/s/clinic.js` });
    await expect.poll(() => clinic.banner.count()).toBe(1);
    await clinic.acceptAll();
    await expect.poll(() => world.decisions("clinic").length).toBe(1);
    await expect.poll(() => waiting(clinic)).toBe(0);
    expect(world.decisions("clinic")).toHaveLength(1);
    expect(await clinic.reopen.count()).toBe(1);
  });
});
