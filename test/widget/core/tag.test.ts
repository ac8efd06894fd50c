import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { leave, visit } from "./tag-page.ts";

beforeEach(() => {
  localStorage.clear();
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
  });

  test("tells Google that everything is denied before anything else", async () => {
    await visit();
    expect(window.dataLayer).toHaveLength(1);
    expect([...(window.dataLayer![0] as unknown[])].slice(0, 2)).toEqual(["consent", "default"]);
  });

  test("a grant is cookie, services and record", async () => {
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
    expect(page.api.consent().granted).toContain("ga4");
    expect(page.batches.flatMap(({ events }) => events).map(({ name }) => name)).toEqual([
      "page_view",
    ]);
  });
});
