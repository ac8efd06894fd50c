/** A first visit and later ones: what is shown, and what is asked for. */
import { describe, expect, test } from "vitest";
import { inNewBrowsers, leave, visit, type TagPageOptions } from "./page.ts";

inNewBrowsers();

const consentCommands = () =>
  (window.dataLayer ?? [])
    .map((command) => Array.from(command as unknown[]))
    .filter(([name]) => name === "consent")
    .map(([, kind, states]) => [kind, (states as Record<string, string>)["analytics_storage"]]);

describe("a first visit", () => {
  test("shows the banner and asks for nothing else", async () => {
    const page = await visit();
    expect(page.views).toEqual(["banner"]);
    expect(page.requested()).toEqual([
      "https://gateway.other.test/w/clinic-eu/q3Zk0b7yQmVn8r5tXwJc2LhPfSdGaE1uIoKiRzTvY4M/en.js",
    ]);
    expect(document.cookie).toBe("");
    expect(localStorage.length).toBe(0);
    expect(page.decisions).toEqual([]);
    expect(page.batches).toEqual([]);
  });

  test("a grant is cookie, services, record and the first event", async () => {
    const page = await visit();
    await page.decide(true);
    expect(document.cookie).toMatch(/^soglas=1\.[\w-]{22}\.1\./);
    expect(page.requested()).toContain("https://vendor.test/gtag/js?id=G-TEST1234");
    expect(page.requested()).toContain("https://vendor.test/metrika/tag.js");
    expect(page.decisions).toHaveLength(1);
    expect(page.decisions[0]).toMatchObject({
      action: "first",
      counter: 1,
      services: { ga4: "granted", metrika: "granted", "metrika-clean": "granted" },
      page: "/",
    });
    expect(page.views).toEqual([]);
    expect(page.api.consent()).toEqual({
      decided: true,
      granted: ["necessary", "analytics", "media", "ga4", "metrika", "metrika-clean"],
    });
    expect(page.batches).toMatchObject([{ token: "token-1", events: [{ name: "page_view" }] }]);
  });

  test("a refusal asks for nothing of anybody and is recorded like a grant", async () => {
    const page = await visit();
    await page.decide(false);
    expect(page.requested().map((src) => src.replace(/.*\//, ""))).toEqual(["en.js", "record.js"]);
    expect(page.decisions[0]!.services).toEqual({
      ga4: "denied",
      metrika: "denied",
      "metrika-clean": "denied",
    });
    expect(page.batches).toEqual([]);
    expect(localStorage.getItem("soglas.clinic-eu.token")).toBeNull();
  });

  test("Google hears of a default before anything else, and of one update per decision", async () => {
    const page = await visit();
    expect([...(window.dataLayer![0] as unknown[])].slice(0, 2)).toEqual(["consent", "default"]);
    await page.decide(true);
    await page.decide(false);
    expect(consentCommands()).toEqual([
      ["default", "denied"],
      ["update", "granted"],
      ["update", "denied"],
    ]);
    const names = window.dataLayer!.map((command) => (command as unknown[])[0]);
    expect(names.slice(0, 4)).toEqual(["consent", "consent", "js", "config"]);
  });
});

describe("a later visit", () => {
  test("of someone who agreed loads the services and no interface", async () => {
    const first = await visit();
    await first.decide(true);
    leave();
    const page = await visit();
    expect(page.views).toEqual([]);
    expect(page.requested()).toEqual([
      "https://vendor.test/gtag/js?id=G-TEST1234",
      "https://vendor.test/metrika/tag.js",
    ]);
    expect(page.decisions).toEqual([]);
    expect(consentCommands()).toEqual([
      ["default", "denied"],
      ["update", "granted"],
    ]);
  });

  test("of someone who refused loads nothing and shows the way back", async () => {
    const first = await visit();
    await first.decide(false);
    leave();
    const page = await visit();
    expect(page.requested()).toEqual([]);
    const button = document.querySelector("soglas-reopen")!.shadowRoot!.querySelector("button")!;
    expect(button.getAttribute("title")).toBe("Privacy choices");
    button.click();
    await page.settle();
    expect(page.views).toEqual(["preferences"]);
  });

  test("under new texts asks again, and runs nothing until then", async () => {
    const first = await visit();
    await first.decide(true);
    leave();
    const page = await visit({ config: { revision: "changed1" } });
    expect(page.views).toEqual(["banner"]);
    expect(page.requested().filter((src) => src.includes("vendor"))).toEqual([]);
    await page.decide(true);
    expect(page.decisions[0]).toMatchObject({
      action: "renew",
      counter: 2,
      secret: first.decisions[0]!.secret,
    });
  });

  test("under new texts finds nothing left of what was granted under the old ones", async () => {
    const first = await visit();
    await first.decide(true);
    leave();
    document.cookie = "_ga=GA1.1.1.1; path=/";
    await visit({ config: { revision: "changed1" } });
    expect(document.cookie).not.toContain("_ga");
  });

  test.each(["", "1", "1.....", "%E0%A4%A", '{"choice":true}', "1.x.1.1.3f.pX3_k9-Z"])(
    "a damaged cookie (%s) counts as no choice",
    async (value) => {
      document.cookie = `soglas=${value}; path=/`;
      const page = await visit();
      expect(page.views).toEqual(["banner"]);
      await page.decide(true);
      expect(page.decisions[0]).toMatchObject({ action: "first", counter: 1 });
    },
  );
});

describe("the interface script", () => {
  test.each(["away", "garbled"] as const)(
    "being %s is asked for again at the next occasion, and does what waited",
    async (trouble) => {
      const options: TagPageOptions = { interface: trouble };
      const page = await visit(options);
      expect(page.views).toEqual([]);
      delete options.interface;
      window.dispatchEvent(new Event("online"));
      await page.settle();
      expect(page.views).toEqual(["banner"]);
      expect(page.requested().filter((src) => src.includes("/w/"))).toHaveLength(2);
      window.dispatchEvent(new Event("online"));
      await page.settle();
      expect(page.requested().filter((src) => src.includes("/w/"))).toHaveLength(2);
    },
  );
});

describe("Global Privacy Control", () => {
  test("is a refusal without banner, cookie or record, and leaves the way to the choices", async () => {
    const page = await visit({ gpc: true });
    expect(page.views).toEqual([]);
    expect(page.requested()).toEqual([]);
    expect(document.cookie).toBe("");
    expect(document.querySelector("soglas-reopen")).not.toBeNull();
    await page.api.accept();
    await page.settle();
    expect(page.decisions[0]).toMatchObject({ gpc: true, control: "accept-all" });
  });
});
