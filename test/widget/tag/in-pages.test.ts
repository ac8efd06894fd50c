/** The tag among scripts, elements and addresses of the page. */
import { describe, expect, test, vi } from "vitest";
import type { EarlyCall } from "../../../widget/core/api/soglas.ts";
import { inNewBrowsers, leave, visit } from "./page.ts";

inNewBrowsers();

describe("the page", () => {
  test("running the tag twice is harmless", async () => {
    const page = await visit();
    const { soglas } = window;
    vi.resetModules();
    await import("../../../widget/tag.ts");
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
    const wrong = [["nonsense"], null, undefined, "accept", []] as unknown as EarlyCall[];
    window.soglas = [...wrong, ["on", "consent", heard], ["open"]];
    const page = await visit();
    expect(page.views).toContain("preferences");
    expect(report).toHaveBeenCalledTimes(wrong.length);
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
