import { createHash, createSecretKey } from "node:crypto";
import { describe, expect, it } from "vitest";
import { pseudonym, utcDay, windowOf } from "../../gateway/privacy/pseudonym.ts";

const keyOf = (byte: number) => createSecretKey(Buffer.alloc(32, byte));
const key = keyOf(1);
const scope = { vendor: "ga4", site: "clinic", window: "2026-03-14" };
const subject = (name: number) => createHash("md5").update(String(name)).digest("hex");

describe("pseudonym", () => {
  it("is the same within a vendor, site and window, and another one outside", () => {
    const visitor = subject(1);
    const base = pseudonym(key, scope, visitor);
    expect(pseudonym(keyOf(1), { ...scope }, visitor)).toBe(base);
    const others = [
      pseudonym(key, { ...scope, vendor: "metrika" }, visitor),
      pseudonym(key, { ...scope, site: "other" }, visitor),
      pseudonym(key, { ...scope, window: "2026-03-15" }, visitor),
      pseudonym(keyOf(2), scope, visitor),
      pseudonym(key, scope, subject(2)),
    ];
    expect(new Set([base, ...others]).size).toBe(6);
  });

  it("is short enough for two visitors to share one, and long enough for that to be rare (C2)", () => {
    const visitors = 20_000;
    const seen = new Set(
      Array.from({ length: visitors }, (_, name) => pseudonym(key, scope, subject(name))),
    );
    const shared = visitors - seen.size;
    expect(shared).toBeGreaterThan(0);
    expect(shared).toBeLessThan(visitors / 500);
    for (const value of seen) expect(value).toBeLessThan(2 ** 24);
  });
});

describe("windows", () => {
  it("are UTC days, or calendar months", () => {
    const late = Date.UTC(2026, 2, 31, 23, 59, 59, 999);
    expect(windowOf(late, "day")).toEqual({
      name: "2026-03-31",
      since: Date.UTC(2026, 2, 31) / 1000,
    });
    expect(windowOf(late, "month")).toEqual({
      name: "2026-03",
      since: Date.UTC(2026, 2, 1) / 1000,
    });
    expect(windowOf(late + 1, "month").name).toBe("2026-04");
  });
});

describe("days", () => {
  it("turn at midnight UTC", () => {
    expect(utcDay(Date.UTC(2026, 2, 14, 23, 59, 59, 999))).toBe("2026-03-14");
    expect(utcDay(Date.UTC(2026, 2, 15))).toBe("2026-03-15");
  });
});
