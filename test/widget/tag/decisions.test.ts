/** A decision as the browser keeps it: until it is recorded, when clocks move, in storage, without an id. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { decisionBody } from "../../../gateway/contract/decision.ts";
import type { TagConfig } from "../../../gateway/contract/widget.ts";
import { config } from "../config.ts";
import { inNewBrowsers, leave, refusing, stored, visit } from "./page.ts";

inNewBrowsers();

describe("a decision that waits for the recorder", () => {
  const other: Partial<TagConfig> = {
    config: "A".repeat(43),
    revision: "changed1",
    asked: ["sales", "shop"],
    services: [{ id: "shop", vendor: "metrika", mode: "gateway" }],
  };

  test.each([true, false])(
    "becomes a record of what was shown (%s), and is asked for again under other texts",
    async (granted) => {
      const first = await visit({ recorder: "away" });
      await first.decide(granted);
      expect(first.decisions).toEqual([]);
      leave();
      const next = await visit({ config: other });
      expect(next.decisions).toMatchObject([
        {
          config: config.config,
          action: "first",
          counter: 1,
          purposes: { analytics: granted ? "granted" : "denied" },
          services: { ga4: granted ? "granted" : "denied" },
        },
      ]);
      expect(decisionBody.parse(next.decisions[0])).toEqual(next.decisions[0]);
      expect(next.views).toEqual(["banner"]);
      expect(next.api.consent()).toEqual({ decided: false, granted: ["necessary"] });
      expect(stored("due")).toEqual([]);
      const { secret } = next.decisions[0]!;
      leave();
      const last = await visit({ config: other });
      await last.api.refuse();
      await last.settle();
      expect(last.decisions).toMatchObject([{ secret, action: "renew", counter: 2 }]);
    },
  );

  test("is not asked for again where only the wording has changed", async () => {
    const first = await visit({ recorder: "away" });
    await first.decide(true);
    leave();
    const next = await visit({ config: { config: "A".repeat(43) } });
    expect(next.decisions).toMatchObject([{ config: config.config, action: "first" }]);
    expect(next.views).toEqual([]);
    expect(next.api.has("ga4")).toBe(true);
  });
});

describe("a clock that is set back", () => {
  const settings = { refusalId: false };
  beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
  afterEach(() => void vi.useRealTimers());
  const day = 86_400_000;

  test("neither asks again after a refusal that keeps no id, nor holds up a change of mind", async () => {
    const first = await visit({ settings });
    await first.decide(false);
    leave();
    vi.setSystemTime(Date.now() - day);
    const next = await visit({ settings, recorder: "away" });
    expect(next.views).toEqual([]);
    expect(next.api.consent()).toEqual({ decided: true, granted: ["necessary"] });
    await next.api.accept();
    expect(next.api.has("ga4")).toBe(true);
    leave();
    const last = await visit({ settings });
    expect(last.api.has("ga4")).toBe(true);
    expect(last.decisions).toMatchObject([{ counter: 1, time: Math.floor(Date.now() / 1000) }]);
    expect(document.cookie).toContain(`.${Math.floor(Date.now() / 1000).toString(36)}.`);
    vi.setSystemTime(Date.now() - day);
    await last.api.withdraw();
    await last.settle();
    expect(last.api.consent()).toEqual({ decided: true, granted: ["necessary"] });
    expect(last.decisions[1]).toMatchObject({ action: "withdraw", counter: 2 });
    expect(document.cookie).toMatch(/soglas=1\.\.0\./);
  });
});

describe("a site that keeps choices in local storage", () => {
  const local = { settings: { local: true } } as const;

  test("writes no cookie, removes the one it once wrote, and remembers", async () => {
    const once = await visit();
    await once.decide(true);
    expect(document.cookie).toMatch(/^soglas=/);
    leave();
    const first = await visit(local);
    expect(first.views).toEqual([]);
    await first.api.withdraw();
    await first.settle();
    expect(document.cookie).toBe("");
    leave();
    const next = await visit(local);
    expect(next.views).toEqual([]);
    expect(next.api.consent()).toEqual({ decided: true, granted: ["necessary"] });
    await next.api.accept();
    await next.settle();
    expect(document.cookie).toBe("");
    expect([...once.decisions, ...first.decisions, ...next.decisions]).toMatchObject(
      [1, 2, 3].map((counter) => ({ counter, secret: once.decisions[0]!.secret })),
    );
  });

  test("asks again under other texts, as the same subject", async () => {
    const first = await visit(local);
    await first.decide(true);
    leave();
    const next = await visit({ ...local, config: { revision: "otherone" } });
    expect(next.views).toEqual(["banner"]);
    expect(next.api.has("ga4")).toBe(false);
    await next.decide(false);
    const { secret } = first.decisions[0]!;
    expect(next.decisions).toMatchObject([{ secret, counter: 2, action: "renew" }]);
  });

  test("forgets with an erasure", async () => {
    const page = await visit({ ...local, gateway: "away" });
    await page.decide(true);
    vi.stubGlobal("fetch", refusing("record_erased"));
    window.dispatchEvent(new Event("online"));
    await page.settle();
    expect(page.api.consent().decided).toBe(false);
    leave();
    expect((await visit(local)).views).toEqual(["banner"]);
  });
});

describe("a refusal that keeps no id", () => {
  test("leaves choice and time in the cookie, and nothing in storage", async () => {
    const page = await visit({ settings: { refusalId: false } });
    await page.decide(false);
    expect(page.decisions).toHaveLength(1);
    expect(document.cookie).toMatch(/^soglas=1\.\.0\./);
    expect(localStorage.length).toBe(0);
    // This page still knows its receipt.
    expect(page.own().history()).toMatchObject([
      { recordId: page.decisions[0]!.id, state: "sent", granted: [] },
    ]);
    expect(await page.own().consentId()).toBeNull();
  });
});
