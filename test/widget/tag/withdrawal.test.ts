/** A withdrawal by a script of the page: what it ends, and that it is one record, after and before whatever else. */
import { describe, expect, test, vi } from "vitest";
import { decisionBody } from "../../../gateway/contract/decision.ts";
import { openStore } from "../../../widget/core/store.ts";
import { inNewBrowsers, leave, refusing, stored, visit, type TagPageOptions } from "./page.ts";

inNewBrowsers();

describe("a withdrawal", () => {
  test("switches the vendors off, removes what they stored and is recorded under the same subject", async () => {
    const page = await visit();
    await page.decide(true);
    document.cookie = "_ga=GA1.1.1.1; path=/";
    document.cookie = "_ym_uid=17; path=/";
    document.cookie = "theirs=stays; path=/";
    localStorage.setItem("_ym_retryReqs", "{}");
    await page.api.withdraw();
    await page.settle();
    expect(window["ga-disable-G-TEST1234"]).toBe(true);
    expect(window["disableYaCounter10000001"]).toBe(true);
    expect(document.cookie).not.toMatch(/_ga|_ym/);
    expect(document.cookie).toContain("theirs=stays");
    expect(localStorage.getItem("_ym_retryReqs")).toBeNull();
    expect(localStorage.getItem("soglas.clinic-eu.token")).toBeNull();
    expect(page.decisions[1]).toMatchObject({
      action: "withdraw",
      control: "withdraw",
      place: "api",
      counter: 2,
      secret: page.decisions[0]!.secret,
    });
    expect(page.own().leftBehind()).toEqual([]);
  });

  test("sweeps a second time, for what was written after the first", async () => {
    const page = await visit();
    await page.decide(true);
    vi.useFakeTimers();
    const withdrawn = page.api.withdraw();
    await vi.advanceTimersByTimeAsync(0);
    await withdrawn;
    document.cookie = "_ga=GA1.1.1.1; path=/";
    await vi.advanceTimersByTimeAsync(1000);
    vi.useRealTimers();
    expect(document.cookie).not.toContain("_ga");
  });

  test("is honoured at once and kept, even when the interface script cannot be fetched", async () => {
    const first = await visit();
    await first.decide(true);
    leave();
    const page = await visit({ interface: "away" });
    await page.api.withdraw();
    expect(page.api.has("ga4")).toBe(false);
    expect(window["ga-disable-G-TEST1234"]).toBe(true);
    leave();
    const next = await visit();
    expect(next.requested().filter((src) => src.includes("vendor"))).toEqual([]);
    expect(next.decisions).toMatchObject([{ action: "withdraw", counter: 2 }]);
    expect(stored("due.intent")).toEqual([]);
  });

  test("that another tab has recorded already is not recorded again", async () => {
    const first = await visit();
    await first.decide(true);
    leave();
    const options: TagPageOptions = { interface: "away" };
    const page = await visit(options);
    await page.api.withdraw();
    const [stop] = stored("due.stop");
    openStore("clinic-eu").set(stop!, null);
    options.interface = "here";
    window.dispatchEvent(new Event("online"));
    await page.settle();
    expect(stored("due")).toEqual([]);
    expect(page.decisions).toEqual([]);
  });

  test("that two tabs make a record of at once is one record", async () => {
    const first = await visit();
    await first.decide(true);
    leave();
    const page = await visit({ interface: "away" });
    await page.api.withdraw();
    leave();
    // The other tab reads cookie and store before this one has written.
    const { cookie } = document;
    const kept = Object.entries(localStorage);
    const one = await visit();
    leave();
    for (const [key, value] of kept) localStorage.setItem(key, value);
    document.cookie = `${cookie}; path=/`;
    const taken = refusing("record_conflict");
    const other = await visit({ gateway: "away" });
    vi.stubGlobal("fetch", taken);
    window.dispatchEvent(new Event("online"));
    await other.settle();
    expect(taken).toHaveBeenCalledTimes(1);
    const { body } = (taken.mock.calls as unknown as [string, RequestInit][])[0]![1];
    expect(JSON.parse(String(body))).toMatchObject({ id: one.decisions[0]!.id });
    expect(decisionBody.parse(one.decisions[0])).toMatchObject({ action: "withdraw", counter: 2 });
    expect(stored("due")).toEqual([]);
    expect(other.api.consent()).toEqual({ decided: true, granted: ["necessary"] });
  });

  test("that waits for the recorder comes before what is decided after it", async () => {
    const options: TagPageOptions = {};
    const page = await visit(options);
    await page.decide(true);
    leave();
    options.recorder = "away";
    const next = await visit(options);
    await next.api.withdraw();
    const accepted = next.api.accept();
    await next.settle();
    expect(next.api.has("ga4")).toBe(false);
    options.recorder = "here";
    window.dispatchEvent(new Event("online"));
    await accepted;
    await next.settle();
    expect(next.decisions).toMatchObject([
      { action: "withdraw", counter: 2, control: "withdraw" },
      { action: "change", counter: 3, control: "accept-all" },
    ]);
    expect(next.api.has("ga4")).toBe(true);
  });

  test("takes back what was accepted a moment before, which never came into force then", async () => {
    const options: TagPageOptions = { interface: "away" };
    const page = await visit(options);
    void page.api.accept();
    await page.api.withdraw();
    options.interface = "here";
    window.dispatchEvent(new Event("online"));
    await page.settle();
    expect(page.decisions.map(({ control }) => control)).toEqual(["withdraw"]);
    expect(page.api.consent()).toEqual({ decided: true, granted: ["necessary"] });
    expect(page.requested().filter((src) => src.includes("vendor"))).toEqual([]);
    await page.api.withdraw();
    await page.settle();
    expect(page.decisions).toHaveLength(1);
  });

  test.each(["refuse", "withdraw"] as const)(
    "in the very moment of an acceptance is the later word: %s",
    async (end) => {
      const page = await visit();
      void page.api.accept();
      await page.api[end]();
      await page.settle();
      expect(page.api.consent()).toEqual({ decided: true, granted: ["necessary"] });
      expect(page.requested().filter((src) => src.includes("vendor"))).toEqual([]);
      expect(page.decisions.map(({ control, counter }) => `${counter} ${control}`)).toEqual([
        "1 accept-all",
        `2 ${end === "refuse" ? "refuse-all" : end}`,
      ]);
    },
  );

  test("in another tab is followed here", async () => {
    const page = await visit();
    await page.decide(true);
    const heard = vi.fn();
    page.api.on("consent", heard);
    document.cookie = "soglas=; max-age=0; path=/";
    window.dispatchEvent(new Event("storage"));
    await page.settle();
    expect(page.api.has("analytics")).toBe(false);
    expect(window["ga-disable-G-TEST1234"]).toBe(true);
    expect(heard).toHaveBeenCalledTimes(1);
  });
});
