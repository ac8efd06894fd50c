/** Pages that are strict with scripts, or careless with our elements: what peers' users complain of most. */
import { expect, it } from "vitest";
import { openClinic, type ClinicPage } from "./clinic.ts";
import { sharedWorld } from "./world.ts";

const world = await sharedWorld();

/** A page with a marked script, a marked template and a marked frame. */
const contacts = "https://www.clinic-eu.test/eu/contacts";

/** A clinic whose pages come under this policy from their first element on, and what violates it. */
async function under(policy: string): Promise<{ clinic: ClinicPage; violations: string[] }> {
  const clinic = await openClinic(await world.visitor());
  const violations: string[] = [];
  await clinic.page.exposeFunction("violated", (what: string) => violations.push(what));
  await clinic.page.addInitScript((content) => {
    const meta = document.createElement("meta");
    Object.assign(meta, { httpEquiv: "Content-Security-Policy", content });
    new MutationObserver((_, observer) => {
      if (!document.head) return;
      observer.disconnect();
      document.head.prepend(meta);
    }).observe(document, { childList: true, subtree: true });
    const { violated } = window as unknown as { violated: (what: string) => void };
    addEventListener("securitypolicyviolation", (event) =>
      violated(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`),
    );
  }, policy);
  return { clinic, violations };
}

it("Trusted Types enforced: banner, choice, record, marked scripts and templates, through one policy", async () => {
  const { clinic, violations } = await under(
    "require-trusted-types-for 'script'; trusted-types soglas",
  );
  await clinic.goto(contacts);
  // The policy is in force.
  expect(
    await clinic.page.evaluate(() => {
      try {
        document.createElement("div").innerHTML = "<b></b>";
        return "allowed";
      } catch {
        return "refused";
      }
    }),
  ).toBe("refused");
  await clinic.acceptAll();
  await expect.poll(() => world.decisions("clinic-eu").length, { timeout: 10_000 }).toBe(1);
  await expect
    .poll(() => clinic.page.locator("template[data-consent], script[type='text/plain']").count())
    .toBe(0);
  await clinic.openPreferences();
  await clinic.page.locator("soglas-consent [part=mine] [part=id]").waitFor();
  // But for the one that showed it.
  expect(violations.filter((what) => !what.includes("<b></b>"))).toEqual([]);
});

it("a strict policy: nothing of ours is an inline style or script, or comes from anywhere but the gateway", async () => {
  const { clinic, violations } = await under(
    "style-src 'self'; script-src 'self' https://gateway.other.test; img-src 'self'; font-src 'none'",
  );
  await clinic.goto(contacts);
  await clinic.openPreferences();
  await clinic.choose([]);
  await clinic.reopen.waitFor();
  expect(violations).toEqual([]);
});

it("a body swapped by a single-page application loses neither the banner nor the way back to the choices", async () => {
  const clinic = await openClinic(await world.visitor(), contacts);
  const swap = () =>
    clinic.page.evaluate(() => {
      const body = document.createElement("body");
      body.append("another view");
      document.documentElement.replaceChild(body, document.body);
      for (const element of document.querySelectorAll("soglas-consent, soglas-reopen"))
        element.remove();
      history.pushState(null, "", "/eu/services");
    });
  await clinic.banner.waitFor();
  await swap();
  await clinic.banner.waitFor();
  await clinic.refuseAll();
  await clinic.reopen.waitFor();
  await swap();
  await clinic.openPreferences();
  expect(await clinic.page.locator("soglas-consent").count()).toBe(1);
});

it("the tag twice in a page: one banner, one record, no second listener", async () => {
  const clinic = await openClinic(await world.visitor(), contacts);
  await clinic.banner.waitFor();
  await clinic.page.addScriptTag({ url: "https://gateway.other.test/s/clinic-eu.js" });
  expect(await clinic.page.locator("soglas-consent").count()).toBe(1);
  await clinic.refuseAll();
  await expect.poll(() => world.decisions("clinic-eu").length, { timeout: 10_000 }).toBe(1);
  expect(await clinic.page.locator("soglas-reopen").count()).toBe(1);
});

it("calls made before the tag has loaded are replayed: on, event, refuse, open", async () => {
  const clinic = await openClinic(await world.visitor());
  await clinic.page.addInitScript(() => {
    const heard: unknown[] = [];
    Object.assign(window, {
      heard,
      soglas: [
        ["on", "consent", (consent: unknown) => heard.push(consent)],
        ["event", "early"],
        ["refuse"],
        ["open"],
      ],
    });
  });
  await clinic.goto(contacts);
  await clinic.preferences.waitFor();
  await expect
    .poll(() => clinic.page.evaluate(() => (window as unknown as { heard: unknown[] }).heard))
    .toEqual([{ decided: true, granted: ["necessary"] }]);
  expect(world.atGateway("/v1/sites/clinic-eu/events")).toEqual([]);
});
