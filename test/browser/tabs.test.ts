/** Two tabs of one visitor: each click is one record of one subject, whichever tab it was made in. */
import type { BrowserContext } from "playwright-core";
import { afterEach, expect, it } from "vitest";
import { openClinic, type ClinicPage } from "./clinic.ts";
import { interrupt } from "./interruption.ts";
import { gatewayHost, sharedWorld } from "./world.ts";

const world = await sharedWorld();

/** Neither an address nor a referrer says whose decision it was. */
afterEach(() => {
  const told = world.hosts.arrivals.map(({ path, headers }) => [path, headers["referer"]]).join();
  for (const site of ["clinic", "clinic-eu"])
    for (const { secret } of world.decisions(site)) expect(told).not.toContain(secret);
});

type Site = "clinic" | "clinic-eu";

const keys = async (clinic: ClinicPage, kind: string) =>
  (await clinic.storageKeys()).filter((key) =>
    new RegExp(`^soglas\\.[\\w-]+\\.${kind}\\.`).test(key),
  );
const decided = (clinic: ClinicPage) =>
  clinic.page.evaluate(() =>
    (
      window as unknown as { soglas: { consent(): { decided: boolean; granted: string[] } } }
    ).soglas.consent(),
  );

/** Both tabs with their interface loaded, so that either could make a record of anything it sees. */
async function twoTabs(site: Site): Promise<[ClinicPage, ClinicPage]> {
  const context = await world.visitor();
  const address = {
    clinic: "https://www.clinic.test/services",
    "clinic-eu": "https://www.clinic-eu.test/eu/services",
  }[site];
  const one = await openClinic(context, address);
  await one.recorder();
  const other = await openClinic(context, address);
  await other.recorder();
  return [one, other];
}

/** Everything that is queued has arrived; only then is it known how many records there are. */
async function delivered(one: ClinicPage, other: ClinicPage): Promise<void> {
  world.hosts.setTrouble(gatewayHost, null);
  for (const { page } of [one, other])
    await page.evaluate(() => dispatchEvent(new Event("online")));
  await expect.poll(() => keys(one, "due"), { timeout: 20_000 }).toEqual([]);
}

const denied = { decided: true, granted: ["necessary"] };

const cases = (["clinic", "clinic-eu"] as const).flatMap((site) =>
  (["online", "away"] as const).map((gateway) => [site, gateway] as const),
);

it.each(cases)(
  "%s, %s: a grant here, a withdrawal there, a grant here again",
  async (site, gateway) => {
    const [one, other] = await twoTabs(site);
    if (gateway === "away") world.hosts.setTrouble(gatewayHost, "away");
    await one.acceptAll();
    await expect.poll(() => other.banner.count()).toBe(0);
    expect((await decided(other)).granted).toEqual((await decided(one)).granted);
    await other.page.evaluate(() =>
      (window as unknown as { soglas: { withdraw(): Promise<void> } }).soglas.withdraw(),
    );
    await expect
      .poll(() =>
        decided(one)
          .then(({ granted }) => granted)
          .catch(() => null),
      )
      .toEqual(["necessary"]);
    await expect.poll(() => one.page.evaluate(() => document.readyState)).toBe("complete");
    await one.page.evaluate(() =>
      (window as unknown as { soglas: { accept(): Promise<void> } }).soglas.accept(),
    );
    await delivered(one, other);
    const sent = world.decisions(site);
    const { secret } = sent.find(({ action }) => action === "withdraw")!;
    const told = (same: boolean) =>
      sent
        .filter((decision) => (decision.secret === secret) === same)
        .map(({ action, counter }) => [action, counter]);
    // A refusal under the European demo keeps no id, so that whoever comes back is somebody new.
    const back = site === "clinic" ? ["change", 3] : ["first", 1];
    expect(told(true)).toEqual([
      ["first", 1],
      ["withdraw", 2],
      ...(site === "clinic" ? [back] : []),
    ]);
    expect(told(false)).toEqual(site === "clinic" ? [] : [back]);
    for (const { id } of sent) expect(await world.gateway.records.record(site, id)).not.toBeNull();
  },
);

it.each(cases)(
  "%s, %s: a refusal is one record, and is followed in the other tab",
  async (site, gateway) => {
    const [one, other] = await twoTabs(site);
    if (gateway === "away") world.hosts.setTrouble(gatewayHost, "away");
    await other.refuseAll();
    await expect.poll(() => one.banner.count()).toBe(0);
    expect(await decided(one)).toEqual({ decided: true, granted: ["necessary"] });
    await delivered(one, other);
    expect(world.decisions(site)).toMatchObject([
      { action: "first", counter: 1, control: "refuse-all" },
    ]);
  },
);

it.each(cases)(
  "%s, %s: both banners answered by hand, one after the other",
  async (site, gateway) => {
    const [one, other] = await twoTabs(site);
    if (gateway === "away") world.hosts.setTrouble(gatewayHost, "away");
    // Two clicks in one go: the second tab has had no time to hear of the first.
    const accept = (clinic: ClinicPage, name: "accept" | "refuse") =>
      clinic.page.evaluate(
        (method) =>
          (window as unknown as { soglas: Record<string, () => Promise<void>> }).soglas[method]!(),
        name,
      );
    await Promise.all([accept(one, "accept"), accept(other, "refuse")]);
    await delivered(one, other);
    // Both tabs may send the refusal, under one id, of which the gateway takes one.
    const sent = world.decisions(site);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(2);
  },
);

/** Without the recorder, which a browser that has decided does not load. */
async function granting(context: BrowserContext): Promise<void> {
  const first = await openClinic(context, "https://www.clinic.test/services");
  await first.acceptAll();
  await expect.poll(() => world.decisions("clinic").length).toBe(1);
  await expect.poll(() => keys(first, "due")).toEqual([]);
  await first.page.close();
}
const call = ({ page }: ClinicPage, name: "accept" | "withdraw") =>
  page.evaluate(
    (method) =>
      void (window as unknown as { soglas: Record<string, () => Promise<void>> }).soglas[method]!(),
    name,
  );
const orders = () =>
  world.decisions("clinic").map(({ action, counter }) => [action, counter] as const);

it("a withdrawal that two tabs make a record of at once is one record", async () => {
  const context = await world.visitor();
  await granting(context);
  const back = await interrupt(context, `https://${gatewayHost}/w/**`);
  const one = await openClinic(context, "https://www.clinic.test/services");
  const other = await openClinic(context, "https://www.clinic.test/services");
  await call(one, "withdraw");
  await expect.poll(() => decided(other).catch(() => null)).toEqual(denied);
  back();
  await Promise.all(
    [one, other].map(({ page }) => page.evaluate(() => dispatchEvent(new Event("online")))),
  );
  await delivered(one, other);
  const [first, ...withdrawals] = world.decisions("clinic");
  expect(new Set(withdrawals.map(({ id }) => id)).size).toBe(1);
  expect(withdrawals[0]).toMatchObject({ action: "withdraw", counter: 2, secret: first!.secret });
  expect(await decided(one)).toEqual(denied);
  expect(await decided(other)).toEqual(denied);
});

it("a withdrawal here that waits for its record comes before an acceptance there", async () => {
  const context = await world.visitor();
  await granting(context);
  const one = await openClinic(context, "https://www.clinic.test/services");
  const other = await openClinic(context, "https://www.clinic.test/services");
  await one.page.route(`https://${gatewayHost}/w/**`, (route) => route.abort());
  await call(one, "withdraw");
  await expect.poll(() => decided(other).catch(() => null)).toEqual(denied);
  await call(other, "accept");
  await expect.poll(() => decided(other).then(({ granted }) => granted)).toContain("metrika");
  await expect.poll(() => decided(one).then(({ granted }) => granted)).toContain("metrika");
  await delivered(one, other);
  expect(orders()).toEqual([
    ["first", 1],
    ["withdraw", 2],
    ["change", 3],
  ]);
});

it("a withdrawal that a closed tab could not make a record of holds, and is one record of the next page", async () => {
  const context = await world.visitor();
  const first = await openClinic(context, "https://www.clinic.test/services");
  await first.acceptAll();
  await expect.poll(() => world.decisions("clinic").length).toBe(1);
  // Without the interface script, which a browser that has decided does not load.
  const back = await interrupt(context, `https://${gatewayHost}/w/**`);
  const one = await openClinic(context, "https://www.clinic.test/services");
  await one.page.evaluate(() =>
    (window as unknown as { soglas: { withdraw(): Promise<void> } }).soglas.withdraw(),
  );
  await expect.poll(() => decided(first).catch(() => null)).toEqual(denied);
  await one.page.close();
  await first.goto("https://www.clinic.test/services");
  expect(await decided(first)).toEqual(denied);
  back();
  await delivered(first, first);
  const sent = world.decisions("clinic");
  expect(sent.map(({ action, counter }) => [action, counter])).toEqual([
    ["first", 1],
    ["withdraw", 2],
  ]);
});

it("a grant that is acknowledged after it was withdrawn elsewhere brings no token", async () => {
  const context = await world.visitor();
  const address = "https://www.clinic-eu.test/eu/services";
  const one = await openClinic(context, address);
  await one.recorder();
  let answer = () => {};
  const asked = new Promise<void>((resolve) => (answer = resolve));
  await interrupt(one.page, `https://${gatewayHost}/v1/sites/clinic-eu/consents`, async (route) => {
    await asked;
    await route.continue();
  });
  // By the gateway alone: no reload ends it.
  await one.choose(["metrika-clean"]);
  await expect.poll(() => keys(one, "due")).toHaveLength(1);
  await interrupt(context, `https://${gatewayHost}/w/**`);
  const other = await openClinic(context, address);
  await call(other, "withdraw");
  await expect.poll(() => decided(one)).toEqual(denied);
  answer();
  await expect.poll(() => keys(one, "due.queue")).toEqual([]);
  for (const { page } of [one, other]) {
    const token = () =>
      page.evaluate(() => (window as unknown as { soglas: { token(): unknown } }).soglas.token());
    expect(await token()).toBeNull();
  }
  expect(await one.storageKeys()).not.toContain("soglas.clinic-eu.token");
});
