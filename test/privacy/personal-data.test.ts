import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findPersonalData } from "../../gateway/privacy/personal-data.ts";
import { identities } from "./identities.ts";

describe("findPersonalData", () => {
  it.each([
    ["alice@example.com", "email"],
    ["пишите на алиса@почта.рф", "email"],
    ["ａｌｉｃｅ＠example.com", "email"],
    ["ali\u00adce\u200b@example.com", "email"],
    ["alice\\u0040example.com", "email"],
    ["alice%2540example.com", "email"],
    ["+7 (916) 123-45-67", "phone"],
    ["8-916-123-45-67", "phone"],
    ["123-45-67", "phone"],
    ["4242 4242 4242 4242", "card"],
    ["5555-5555-5555-4444", "card"],
    ["112-233-445 95", "snils"],
    ["7707083893", "inn"],
    ["500100732259", "inn"],
    ["45 08 № 123456", "passport"],
    ["паспорт 4508 123456", "passport"],
    ["192.168.17.42", "ip"],
    ["0xC0.0xA8.0x11.0x2A", "ip"],
    ["0300.0250.0021.0052", "ip"],
    ["0xC0A8112A", "ip"],
    ["3232239914", "ip"],
    ["ip-10-0-17-42", "ip"],
    ["2001:db8::8a2e:370:7334", "ip"],
    ["[fe80::1%eth0]:443", "ip"],
    ["::ffff:192.168.17.42", "ip"],
    ["::ffff:c0a8:112a", "ip"],
    ["2001:0db8:0000:0000:0000:8a2e:0370:7334", "ip"],
    ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "token"],
    ["9f8d2c1e-1b2a-4c3d-8e4f-5a6b7c8d9e0f", "identifier"],
    ["Cj0KCQjwv7O0BhDwARIsAC0sjWM", "identifier"],
    ["Mozilla/5.0 (X11; Linux x86_64)", "agent"],
    ["https://example.com/a", "query"],
  ])("%s holds %s", (value, kind) => {
    expect(findPersonalData(value)).toBe(kind);
  });

  it.each([
    "",
    "RUB",
    "Запись на приём к дерматологу",
    "appointment_booked",
    "1234.5",
    "2024-05-12",
    "12:30:45",
    "how-to-prepare-for-a-blood-test-in-2024",
    "version 3.14",
    "50 %",
    "5 visits @ 20 minutes",
    "consultation about allergies and asthma",
  ])("leaves %j alone", (value) => {
    expect(findPersonalData(value)).toBeNull();
  });

  it("finds every planted identity, wherever it stands and however it is encoded", () => {
    const encode = fc.constantFrom(
      (text: string) => text,
      (text: string) => encodeURIComponent(text),
      (text: string) => encodeURIComponent(encodeURIComponent(text)),
      (text: string) =>
        [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""),
      (text: string) => Buffer.from(text).toString("base64"),
      (text: string) => Buffer.from(text).toString("base64url"),
      (text: string) => Buffer.from(encodeURIComponent(text)).toString("base64"),
      (text: string) => Buffer.from(Buffer.from(text).toString("base64")).toString("base64url"),
    );
    const around = fc.string({ unit: fc.constantFrom(..." абвXYz,;|!"), maxLength: 30 });
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(identities)),
        encode,
        around,
        around,
        (identity, wrap, before, after) => {
          expect(findPersonalData(`${before} ${wrap(identity)} ${after}`)).not.toBeNull();
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("finds base64 glued to other letters", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."abcXYZ"), maxLength: 9 }), (prefix) => {
        const encoded = Buffer.from("alice.petrova@example.com").toString("base64");
        expect(findPersonalData(prefix + encoded)).not.toBeNull();
      }),
    );
  });

  it("never throws, whatever it is given", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary", maxLength: 600 }),
          fc.base64String({ maxLength: 600 }),
        ),
        (value) => {
          expect([null, "string"]).toContain(findPersonalData(value) === null ? null : "string");
        },
      ),
    );
  });

  it.each([
    "1 ".repeat(2000),
    "a@".repeat(2000),
    "0-".repeat(2000),
    ":".repeat(4000),
    "%25".repeat(1300),
    "eyJ".repeat(1300),
    "ff-".repeat(1300),
  ])("reads hostile repetition in little time (%#)", (value) => {
    const start = performance.now();
    findPersonalData(value);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
