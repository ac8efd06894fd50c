/** What only a reload ends, and what survives it. */
import { describe, expect, test, vi } from "vitest";
import { inNewBrowsers, leave, stored, visit } from "./page.ts";

inNewBrowsers();

/** A script of the page that waits: what it has done is undone by a reload alone. */
const marked = `<script type="text/plain" data-consent="media">window.media = 1</script>`;

describe("a withdrawal", () => {
  test("reloads once where a script of the page has run, after the proof was queued", async () => {
    const page = await visit({ gateway: "away" });
    document.body.innerHTML = marked;
    await page.settle();
    await page.decide(true);
    expect(page.reloads()).toBe(0);
    await page.api.withdraw();
    await page.settle();
    expect(page.reloads()).toBe(1);
    expect(stored("due.queue")).toHaveLength(2);
    leave();
    document.cookie = "_ga=written-while-unloading; path=/";
    const next = await visit();
    expect(next.reloads()).toBe(0);
    expect(document.cookie).not.toContain("_ga");
    expect(next.decisions.map(({ action }) => action)).toEqual(["first", "withdraw"]);
  });

  test("ends what was opened by a script of its own, which is asked for once something marked may run", async () => {
    const page = await visit({ gate: "apart" });
    const gates = () => page.requested().filter((src) => src.endsWith("/en/gate.js"));
    document.body.innerHTML = marked;
    await page.settle();
    expect(gates()).toEqual([]);
    await page.decide(true);
    await page.settle();
    expect(gates()).toHaveLength(1);
    expect(document.querySelector("script[type]")).toBeNull();
    await page.api.withdraw();
    await page.settle();
    expect(page.reloads()).toBe(1);
  });

  test("a page without what opens marks asks for it again at the next occasion, and opens nothing", async () => {
    const first = await visit({ gate: "apart" });
    await first.decide(true);
    leave();
    document.body.innerHTML = marked;
    const page = await visit({ gate: "apart", interface: "away" });
    const asked = () => page.requested().filter((src) => src.endsWith("/gate.js")).length;
    const before = asked();
    expect(before).toBeGreaterThan(0);
    document.body.append("changed");
    await page.settle();
    expect(asked()).toBe(before);
    window.dispatchEvent(new Event("online"));
    await page.settle();
    expect(asked()).toBe(before + 1);
    expect(document.querySelector("script[type='text/plain']")).not.toBeNull();
  });

  test("ends what only a reload ends, even when the interface script cannot be fetched", async () => {
    const first = await visit();
    await first.decide(true);
    leave();
    document.body.innerHTML = marked;
    const page = await visit({ interface: "away" });
    await page.api.withdraw();
    expect(localStorage.getItem("soglas.clinic-eu.token")).toBeNull();
    await page.settle();
    expect(page.reloads()).toBe(1);
    window.dispatchEvent(new Event("online"));
    await page.settle();
    expect(page.reloads()).toBe(1);
    leave();
    const next = await visit();
    expect(next.api.has("media")).toBe(false);
    expect(next.reloads()).toBe(0);
  });

  test("becomes a record after a reload although local storage is full", async () => {
    const first = await visit();
    await first.decide(true);
    leave();
    document.body.innerHTML = marked;
    const size = (storage: object) => Object.entries(storage).flat().join("").length;
    const brim = size(localStorage);
    const full = new Proxy(window.localStorage, {
      set(target, key, value: string) {
        const after = size({ ...Object.fromEntries(Object.entries(target)), [key]: value });
        if (after > brim) throw new DOMException("full", "QuotaExceededError");
        return Reflect.set(target, key, value);
      },
      deleteProperty(target, key) {
        target.removeItem(String(key));
        return true;
      },
    });
    vi.stubGlobal("localStorage", full);
    const page = await visit({ gateway: "away" });
    await page.api.withdraw();
    await page.settle();
    expect(page.reloads()).toBe(1);
    window.dispatchEvent(new Event("pagehide"));
    leave();
    const next = await visit();
    expect(next.api.consent()).toEqual({ decided: true, granted: ["necessary"] });
    expect(next.decisions).toMatchObject([{ action: "withdraw", counter: 2 }]);
    expect(stored("due")).toEqual([]);
    expect(Object.keys(sessionStorage)).toEqual([]);
  });

  test("that only this page can remember is not undone by a reload", async () => {
    const first = await visit();
    await first.decide(true);
    leave();
    document.body.innerHTML = marked;
    const full = new Proxy(window.localStorage, {
      set() {
        throw new DOMException("full", "QuotaExceededError");
      },
    });
    vi.stubGlobal("localStorage", full);
    const page = await visit({ interface: "away" });
    await page.api.withdraw();
    await page.settle();
    expect(page.reloads()).toBe(0);
    expect(page.api.has("media")).toBe(false);
  });

  test("on another page is followed by one that comes back from the cache", async () => {
    const page = await visit();
    await page.decide(true);
    const { cookie } = document;
    await page.decide(false);
    const withdrawn = document.cookie;
    document.cookie = `${cookie}; path=/`;
    leave();
    const kept = await visit();
    expect(kept.api.has("ga4")).toBe(true);
    document.cookie = `${withdrawn}; path=/`;
    window.dispatchEvent(new Event("pageshow"));
    expect(kept.api.consent()).toEqual({ decided: true, granted: ["necessary"] });
    expect(window["ga-disable-G-TEST1234"]).toBe(true);
    await kept.settle();
    expect(stored("due")).toEqual([]);
  });
});
