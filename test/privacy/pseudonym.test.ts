import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { dayStart, pseudonym, utcDay } from "../../gateway/privacy/pseudonym.ts";

const key = Buffer.alloc(32, 1);
const scope = { vendor: "ga4", site: "clinic", day: "2026-03-14" };
const subject = (name: number) => createHash("md5").update(String(name)).digest();

describe("pseudonym", () => {
  it("is the same within a vendor, site and day, and another one outside", () => {
    const visitor = subject(1);
    const base = pseudonym(key, scope, visitor);
    expect(pseudonym(key, { ...scope }, Uint8Array.from(visitor))).toBe(base);
    const others = [
      pseudonym(key, { ...scope, vendor: "metrika" }, visitor),
      pseudonym(key, { ...scope, site: "other" }, visitor),
      pseudonym(key, { ...scope, day: "2026-03-15" }, visitor),
      pseudonym(Buffer.alloc(32, 2), scope, visitor),
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

describe("days", () => {
  it("turn at midnight UTC", () => {
    expect(utcDay(Date.UTC(2026, 2, 14, 23, 59, 59, 999))).toBe("2026-03-14");
    expect(utcDay(Date.UTC(2026, 2, 15))).toBe("2026-03-15");
    expect(dayStart("2026-03-15")).toBe(Date.UTC(2026, 2, 15) / 1000);
  });
});
