import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { decisionBody } from "../../gateway/contract/decision.ts";
import type { TagConfig } from "../../gateway/contract/widget.ts";
import { errorStatus, type ErrorCode } from "../../gateway/contract/errors.ts";
import type { EarlyCall } from "../../widget/core/api/soglas.ts";
import { openStore } from "../../widget/core/store.ts";
import { config, leave, visit, type TagPageOptions } from "./tag-page.ts";

/** A gateway that refuses every decision for the same reason. */
const refusing = (code: ErrorCode) =>
  vi.fn(async () => Response.json({ error: { code } }, { status: errorStatus[code] }));

const stored = (kind: string) => openStore("clinic-eu").list(kind);

const consentCommands = () =>
  (window.dataLayer ?? [])
    .map((command) => Array.from(command as unknown[]))
    .filter(([name]) => name === "consent")
    .map(([, kind, states]) => [kind, (states as Record<string, string>)["analytics_storage"]]);

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  for (const cookie of document.cookie.split("; "))
    document.cookie = `${cookie.split("=")[0]}=; max-age=0; path=/`;
});
afterEach(leave);

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

  test("reloads once where a script of the page has run, after the proof was queued", async () => {
    const page = await visit({ gateway: "away" });
    document.body.innerHTML = `<script type="text/plain" data-consent="media">window.media = 1</script>`;
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

  test("ends what was opened by a script of its own, which is asked for once something marked may run", async () => {
    const page = await visit({ gate: "apart" });
    const gates = () => page.requested().filter((src) => src.endsWith("/en/gate.js"));
    document.body.innerHTML = `<script type="text/plain" data-consent="media">window.media = 1</script>`;
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
    document.body.innerHTML = `<script type="text/plain" data-consent="media">window.media = 1</script>`;
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
    document.body.innerHTML = `<script type="text/plain" data-consent="media">window.media = 1</script>`;
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
    document.body.innerHTML = `<script type="text/plain" data-consent="media">window.media = 1</script>`;
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
    document.body.innerHTML = `<script type="text/plain" data-consent="media">window.media = 1</script>`;
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

describe("the page", () => {
  test("running the tag twice is harmless", async () => {
    const page = await visit();
    const { soglas } = window;
    vi.resetModules();
    await import("../../widget/tag.ts");
    await page.settle();
    expect(window.soglas).toBe(soglas);
    expect(page.views).toEqual(["banner"]);
    expect(document.querySelectorAll("soglas-consent")).toHaveLength(1);
  });

  test("may have an element or an object of that name", async () => {
    document.body.innerHTML = `<form id="soglas"><input name="refuse"></form>`;
    for (const theirs of [document.querySelector("form"), { theirs: true }]) {
      Object.assign(window, { soglas: theirs });
      const page = await visit();
      expect(page.views).toEqual(["banner"]);
      expect(page.api.has("necessary")).toBe(true);
      leave();
    }
  });

  test("may mark things with names that every object has, which nobody has granted", async () => {
    const page = await visit();
    await page.decide(false);
    for (const name of ["constructor", "toString", "__proto__"])
      expect(page.api.has(name)).toBe(false);
  });

  test("calls made before the tag was there are replayed, wrong ones harm nobody", async () => {
    const report = vi.fn();
    vi.stubGlobal("reportError", report);
    const heard = vi.fn();
    window.soglas = [["nonsense"], ["on", "consent", heard], ["open"]] as EarlyCall[];
    const page = await visit();
    expect(page.views).toContain("preferences");
    expect(report).toHaveBeenCalledTimes(1);
    await page.decide(true);
    expect(heard).toHaveBeenCalledTimes(1);
    expect(heard.mock.calls[0]![0]).toMatchObject({ decided: true });
    await expect(page.api.ready).resolves.toBe(page.api);
  });

  test("any element marked for it opens the choices", async () => {
    const page = await visit();
    document.body.innerHTML = `<a href="#" data-soglas-open><b>Cookies</b></a>`;
    document.querySelector("b")!.click();
    await page.settle();
    expect(page.views).toEqual(["banner", "preferences"]);
  });

  test("any element marked for it withdraws everything, once there is something to withdraw", async () => {
    const page = await visit();
    document.body.innerHTML = `<a href="/elsewhere" data-soglas-withdraw><b>Withdraw</b></a>`;
    const click = async () => {
      const event = new MouseEvent("click", { bubbles: true, cancelable: true });
      document.querySelector("b")!.dispatchEvent(event);
      await page.settle();
      return event.defaultPrevented;
    };
    expect(await click()).toBe(true);
    expect(page.decisions).toEqual([]);
    await page.decide(true);
    expect(await click()).toBe(true);
    await vi.waitFor(() => expect(page.decisions).toHaveLength(2));
    expect(page.api.has("analytics")).toBe(false);
    expect(page.decisions[1]).toMatchObject({ action: "withdraw", control: "withdraw" });
    await click();
    expect(page.decisions).toHaveLength(2);
  });

  test("may click on itself, which is no element", async () => {
    const wrong = vi.fn((event: ErrorEvent) => event.preventDefault());
    await visit();
    window.addEventListener("error", wrong);
    document.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    expect(wrong).not.toHaveBeenCalled();
  });

  test("swapping its body, or everything, loses neither banner nor control", async () => {
    const page = await visit();
    document.body.replaceWith(document.createElement("body"));
    expect(document.querySelector("soglas-consent")).not.toBeNull();
    document.querySelector("soglas-consent")!.remove();
    await page.settle();
    expect(document.querySelector("soglas-consent")).not.toBeNull();
  });

  test("is not told of where the site says so", async () => {
    const first = await visit();
    await first.decide(true);
    leave();
    const excluded = await visit({ path: "/diseases/flu?q=1" });
    expect(excluded.requested()).toEqual([]);
    expect(excluded.batches).toEqual([]);
    leave();
    const masked = await visit({ path: "/doctors/ivanov?from=mail#top" });
    expect(masked.batches[0]!.events[0]).toMatchObject({
      url: "https://www.clinic.test/doctors/masked",
      title: "",
    });
    const config = window.dataLayer!.map((command) => Array.from(command as unknown[])).at(-1)!;
    expect(config).toEqual([
      "config",
      "G-TEST1234",
      {
        page_location: "https://www.clinic.test/doctors/masked",
        page_title: "https://www.clinic.test/doctors/masked",
      },
    ]);
  });

  test("moved by a script into a page that is not told of turns the tags off until the next load", async () => {
    const page = await visit();
    await page.decide(true);
    history.pushState(null, "", "/diseases/flu");
    expect(window["ga-disable-G-TEST1234"]).toBe(true);
    history.pushState(null, "", "/contacts");
    expect(window["ga-disable-G-TEST1234"]).toBe(true);
    await page.settle();
    expect(page.batches.flatMap(({ events }) => events).map(({ url }) => url)).toEqual([
      "https://www.clinic.test/",
      "https://www.clinic.test/contacts",
    ]);
    expect(page.reloads()).toBe(0);
  });

  test("a decision on an excluded page does not name it", async () => {
    const page = await visit({ path: "/diseases/flu" });
    await page.decide(false);
    expect(page.decisions[0]!.page).toBe("/masked");
  });
});
