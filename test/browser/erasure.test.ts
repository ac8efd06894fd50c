/** A visitor erases their records: at the gateway, in the browser, on the page; others' proofs stand. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { describe, expect, it } from "vitest";
import { consentId } from "../../gateway/log/consent-id.ts";
import ru from "../../widget/locales/ru.ts";
import { openClinic, type ClinicPage } from "./clinic.ts";
import { interrupt } from "./interruption.ts";
import { gatewayHost, sharedWorld } from "./world.ts";

const world = await sharedWorld();

/** A page without a vendor's own tag: nothing there asks for a reload. */
const quiet = "https://www.clinic.test/services";
/** A page on which Metrika runs by tag. */
const tagged = "https://www.clinic.test/online";

const cookieOf = async (context: BrowserContext) =>
  (await context.cookies()).find(({ name }) => name === "soglas");
const own = async (clinic: ClinicPage) =>
  (await clinic.storageKeys()).filter((key) => key.startsWith("soglas.clinic.")).toSorted();

/** Grants everything and waits for the record. */
async function granted(clinic: ClinicPage) {
  const before = world.decisions("clinic").length;
  await clinic.acceptAll();
  await expect.poll(() => world.decisions("clinic").length).toBe(before + 1);
  const decision = world.decisions("clinic")[before]!;
  await expect
    .poll(() => world.gateway.records.record("clinic", decision.id))
    .toMatchObject({ decision: { counter: 1 } });
  await expect.poll(() => own(clinic)).toContain("soglas.clinic.token");
  return decision;
}

describe("erasing from “my choices”", () => {
  it("takes two steps, ends everything, and leaves nothing in the browser or the files", async () => {
    const context = await world.visitor();
    const clinic = await openClinic(context, quiet);
    const decision = await granted(clinic);
    await clinic.openPreferences();
    await clinic.eraseRecords();
    const note = clinic.preferences.getByText("Ваши записи стёрты.");
    await note.waitFor();
    const inSight = await note.evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      const body = element.closest("[part=body]")!.getBoundingClientRect();
      return top >= body.top && bottom <= body.bottom;
    });
    expect(inSight).toBe(true);
    expect(await note.evaluate((element) => element.matches(":focus"))).toBe(true);

    expect(await cookieOf(context)).toBeUndefined();
    expect(await own(clinic)).toEqual(["soglas.clinic.erased"]);
    expect(
      await clinic.page.evaluate(() =>
        (window as unknown as { soglas: { consent(): unknown } }).soglas.consent(),
      ),
    ).toEqual({ decided: false, granted: ["necessary"] });

    expect(await world.gateway.log.subjectOf("clinic", decision.secret)).toBeNull();
    const [withdrawal, grant] = await world.gateway.records.latest("clinic", { limit: 2 });
    expect(withdrawal).toMatchObject({ subject: null, sealed: null });
    expect(withdrawal!.decision).toMatchObject({ action: "withdraw", counter: 2 });
    expect(grant).toMatchObject({ recordId: decision.id, subject: null, sealed: null });
    const files = await Promise.all(
      ["main.sqlite", "main.sqlite-wal", "keys.sqlite", "keys.sqlite-wal"].map((name) =>
        readFile(join(world.folder, name)),
      ),
    );
    for (const trace of [decision.secret, consentId("clinic", decision.secret)])
      expect(files.some((file) => file.includes(trace))).toBe(false);
    for (const line of world.logged) expect(line).not.toContain(decision.secret);

    await clinic.goto(quiet);
    await clinic.banner.getByText("Ваши записи стёрты.").waitFor();
    const anew = await granted(clinic);
    expect(anew.secret).not.toBe(decision.secret);
    expect(anew).toMatchObject({ action: "first", counter: 1 });
    expect(await own(clinic)).not.toContain("soglas.clinic.erased");
  });

  it("stops what was running, and the page loaded for that says what happened", async () => {
    const context = await world.visitor();
    const clinic = await openClinic(context, tagged);
    await granted(clinic);
    await expect.poll(() => world.atVendors().map(({ path }) => path)).toContain("/metrika/tag.js");
    await expect.poll(() => clinic.cookieNames()).toContain("_ym_uid");
    await clinic.openPreferences();
    await clinic.eraseRecords();
    await clinic.banner.getByText("Ваши записи стёрты.").waitFor();
    await expect
      .poll(() => clinic.cookieNames())
      .not.toEqual(expect.arrayContaining([expect.stringMatching(/^_ym_/)]));
    world.forget();
    await clinic.page.reload();
    await clinic.banner.waitFor();
    expect(world.atVendors()).toEqual([]);
  });

  it("leaves the records, choices and receipts of others as they were", async () => {
    const [mine, theirs] = [
      await openClinic(await world.visitor(), quiet),
      await openClinic(await world.visitor(), quiet),
    ];
    await granted(mine);
    const other = await granted(theirs);
    const before = await world.gateway.records.record("clinic", other.id);
    await world.gateway.integrator.integrate();
    const subject = await world.gateway.log.subjectOf("clinic", other.secret);
    const receipt = () =>
      world.gateway.receipts.receipt("clinic", other.id, { kind: "visitor", subject });
    const whole = await receipt();
    expect(whole.status).toBe("ready");
    await mine.openPreferences();
    await mine.eraseRecords();
    await mine.preferences.getByText("Ваши записи стёрты.").waitFor();
    expect(await world.gateway.records.record("clinic", other.id)).toEqual(before);
    expect((await world.gateway.records.open(before!))?.half.page).toBe("/services");
    expect(await receipt()).toEqual(whole);
    await theirs.openPreferences();
    await theirs.preferences.getByText(consentIdShown(other.secret)).waitFor();
  });

  it("waits for a decision that is still on its way, which would come back otherwise", async () => {
    const context = await world.visitor();
    const clinic = await openClinic(context, quiet);
    await clinic.banner.waitFor();
    const decisions = `https://${gatewayHost}/v1/sites/clinic/consents`;
    const back = await interrupt(clinic.page, decisions);
    await clinic.acceptAll();
    await expect.poll(() => own(clinic)).toContainEqual(expect.stringMatching(/\.queue\./));
    await clinic.openPreferences();
    await clinic.eraseRecords();
    await clinic.preferences.getByText("Сейчас ничего стереть не удалось.").waitFor();
    expect(world.atGateway("/v1/sites/clinic/subject")).toEqual([]);
    expect(await cookieOf(context)).toBeDefined();

    back();
    await clinic.preferences.getByRole("button", { name: ru.eraseNow }).click();
    await clinic.preferences.getByText("Ваши записи стёрты.").waitFor();
    const [sent, ...more] = world.decisions("clinic");
    expect(more).toEqual([]);
    expect(await world.gateway.records.record("clinic", sent!.id)).toMatchObject({ subject: null });
    expect(await own(clinic)).toEqual(["soglas.clinic.erased"]);
  });

  it("that cannot be done now changes nothing, and can be tried again", async () => {
    const context = await world.visitor();
    const clinic = await openClinic(context, quiet);
    const decision = await granted(clinic);
    await clinic.openPreferences();
    const again = clinic.preferences.getByRole("button", { name: ru.eraseNow });
    world.hosts.setTrouble(gatewayHost, "away");
    await clinic.eraseRecords();
    await clinic.preferences.getByText("Сейчас ничего стереть не удалось.").waitFor();
    expect(await cookieOf(context)).toBeDefined();
    world.hosts.setTrouble(gatewayHost, null);

    const name = { site: "clinic", consentId: consentId("clinic", decision.secret) };
    const hold = await world.gateway.erasures.holds.set(name, { reason: "case", keyId: "k" });
    await again.click();
    await clinic.preferences.getByText("Сейчас ничего стереть не удалось.").waitFor();
    expect(await cookieOf(context)).toBeDefined();

    await world.gateway.erasures.holds.lift("clinic", hold!.id);
    await again.click();
    await clinic.preferences.getByText("Ваши записи стёрты.").waitFor();
    expect(await cookieOf(context)).toBeUndefined();
  });
});

const consentIdShown = (secret: string) => consentId("clinic", secret).replace(/.{4}(?=.)/g, "$&-");
