/** A gateway that is away, has erased, or refuses a decision for good. */
import { describe, expect, test, vi } from "vitest";
import type { ErrorCode } from "../../../gateway/contract/errors.ts";
import { inNewBrowsers, leave, refusing, stored, visit } from "./page.ts";

inNewBrowsers();

describe("the gateway", () => {
  test("being away changes nothing about the choice; the proof is sent when it is back", async () => {
    const first = await visit({ gateway: "away" });
    await first.decide(true);
    expect(first.api.has("ga4")).toBe(true);
    expect(first.requested()).toContain("https://vendor.test/gtag/js?id=G-TEST1234");
    expect(first.own().history()).toMatchObject([{ state: "waiting" }]);
    leave();
    const next = await visit();
    expect(next.decisions).toHaveLength(1);
    expect(localStorage.getItem("soglas.clinic-eu.token")).toBe('"token-1"');
    expect(stored("due.queue")).toEqual([]);
  });

  test("having erased the subject starts everything anew", async () => {
    const page = await visit({ gateway: "away" });
    await page.decide(true);
    vi.stubGlobal("fetch", refusing("record_erased"));
    window.dispatchEvent(new Event("online"));
    await page.settle();
    expect(document.cookie).not.toContain("soglas");
    expect(page.api.consent()).toEqual({ decided: false, granted: ["necessary"] });
    expect(stored("history")).toEqual([]);
  });
});

describe("a decision that can never become a record", () => {
  test.each<ErrorCode>(["config_unknown", "invalid_body"])(
    "(%s) is taken out of force, and asked for again once new texts can be there",
    async (code) => {
      vi.useFakeTimers({ toFake: ["Date"] });
      const page = await visit({ gateway: "away" });
      await page.decide(true);
      const gateway = refusing(code);
      vi.stubGlobal("fetch", gateway);
      window.dispatchEvent(new Event("online"));
      await page.settle();
      expect(page.api.consent()).toEqual({ decided: false, granted: ["necessary"] });
      expect(window["ga-disable-G-TEST1234"]).toBe(true);
      expect(stored("due.queue")).toEqual([]);
      expect(page.own().history()).toEqual([]);
      expect(page.views).toEqual([]);
      leave();

      const cached = await visit();
      expect(cached.views).toEqual([]);
      expect(cached.requested()).toEqual([]);
      expect(document.querySelector("soglas-reopen")).not.toBeNull();
      leave();

      vi.setSystemTime(Date.now() + 301_000);
      const later = await visit({ config: { revision: "changed1", config: "new" } });
      vi.useRealTimers();
      expect(later.views).toEqual(["banner"]);
      await later.decide(true);
      // The same subject: had it a record before, a withdrawal would reach it.
      expect(later.decisions).toMatchObject([{ action: "renew", counter: 2, config: "new" }]);
      expect(localStorage.getItem("soglas.clinic-eu.unasked")).toBeNull();
      expect(gateway).toHaveBeenCalledTimes(1);
    },
  );

  test("leaves nothing behind of a refusal that keeps no id", async () => {
    const page = await visit({ gateway: "away", settings: { refusalId: false } });
    await page.decide(false);
    expect(document.cookie).toContain("soglas=");
    vi.stubGlobal("fetch", refusing("config_unknown"));
    window.dispatchEvent(new Event("online"));
    await page.settle();
    expect(document.cookie).not.toContain("soglas=");
    expect(page.api.consent().decided).toBe(false);
  });

  test("does not undo the newer one that followed it", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const page = await visit({ gateway: "away" });
    await page.decide(false);
    vi.setSystemTime(Date.now() + 2000);
    await page.decide(true);
    vi.useRealTimers();
    const answers = [refusing("config_unknown")];
    vi.stubGlobal("fetch", async (_url: string, init: RequestInit) => {
      const refuse = answers.pop();
      if (refuse) return refuse();
      const { id, time } = JSON.parse(String(init.body)) as { id: string; time: number };
      const record = { id, log: "l", index: 0, time };
      return Response.json({ record, token: "token-2" }, { status: 201 });
    });
    window.dispatchEvent(new Event("online"));
    await page.settle();
    expect(page.api.has("analytics")).toBe(true);
    expect(localStorage.getItem("soglas.clinic-eu.token")).toBe('"token-2"');
    expect(page.own().history()).toMatchObject([{ state: "sent" }]);
  });

  test("holds without cookies too", async () => {
    vi.spyOn(navigator, "cookieEnabled", "get").mockReturnValue(false);
    vi.spyOn(document, "cookie", "set").mockImplementation(() => {});
    const page = await visit({ gateway: "away" });
    await page.decide(true);
    expect(page.api.has("analytics")).toBe(true);
    vi.stubGlobal("fetch", refusing("config_unknown"));
    window.dispatchEvent(new Event("online"));
    await page.settle();
    expect(page.api.has("analytics")).toBe(false);
  });
});
