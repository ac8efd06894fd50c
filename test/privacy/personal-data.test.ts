import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findPersonalData } from "../../gateway/privacy/personal-data.ts";
import { disguises, identities, spellings } from "./identities.ts";

describe("findPersonalData", () => {
  it.each([
    ["alice@example.com", "email"],
    ["пишите на алиса@почта.рф", "email"],
    ["ａｌｉｃｅ＠example.com", "email"],
    ["ali\u00adce\u200b@example.com", "email"],
    ["alice\\u0040example.com", "email"],
    ["alice%2540example.com", "email"],
    ["alice&#64;example.com", "email"],
    ["alice&#64example.com", "email"],
    ["alice&#x40example.com", "email"],
    ["alice&commat;example&period;com", "email"],
    ["alice&amp;#64;example.com", "email"],
    ["alice%u0040example.com", "email"],
    ["alice=40example.com", "email"],
    ["ali=\r\nce=40example.com", "email"],
    ["alice+AEA-example.com", "email"],
    ["alice\\x40example.com", "email"],
    ["alice\\u{40}example.com", "email"],
    ["alice\\100example\\056com", "email"],
    ["alice\\40 example.com", "email"],
    ["alice\\@example\\.com", "email"],
    ["MFWGSY3FIBSXQYLNOBWGKLTDN5WQ", "email"],
    ["xmfwgsy3fibsxqylnobwgkltdn5wq", "email"],
    ["6140622e636f", "email"],
    ["0x61,0x40,0x62,0x2e,0x63,0x6f", "email"],
    ["a6140622e636f", "email"],
    ["+٧٩١٦٥٥٥٠١٤٢", "phone"],
    ["+७९१६५५५०१४२", "phone"],
    ["❼➈➀⓺➎⑤❺0➊❹➁", "phone"],
    ["7️⃣9️⃣1️⃣6️⃣5️⃣5️⃣5️⃣0️⃣1️⃣4️⃣2️⃣", "phone"],
    ["፯፱፩፮፭፭፭፭፩፬፪", "phone"],
    ["一三八零零一三八〇〇〇", "phone"],
    ["㊀㊂㊇㊀㊀㊀㊂㊇㊀㊀㊀", "phone"],
    ["+7 (916) 123-45-67", "phone"],
    ["8-916-123-45-67", "phone"],
    ["123-45-67", "phone"],
    ["612 345 678", "phone"],
    ["612-345-678", "phone"],
    ["+376 312 345", "phone"],
    ["7,9,1,6,5,5,5,0,1,4,2", "phone"],
    ["7 | 9 | 1 | 6 | 5 | 5 | 5 | 0 | 1 | 4 | 2", "phone"],
    ["4242 4242 4242 4242", "card"],
    ["4242,4242,4242,4242", "card"],
    ["4242 | 4242 | 4242 | 4242", "card"],
    ["5555-5555-5555-4444", "card"],
    ["112-233-445 95", "snils"],
    ["7707083893", "inn"],
    ["500100732259", "inn"],
    ["45 08 № 123456", "passport"],
    ["паспорт 4508 123456", "passport"],
    ["71 № 1234567", "passport"],
    ["загранпаспорт 71 1234567", "passport"],
    ["55.755826, 37.617300", "place"],
    ["-33.8568,151.2153", "place"],
    ["N55.7558 E37.6173", "place"],
    ["55°45′21″N 37°37′02″E", "place"],
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
    "spring-2024",
    "sale-20240512",
    "10-20-30",
    "12.05.2024",
    "20240512",
    "2024-05-12 10:30",
    "2024-05-12T10:30:00Z",
    "12.05.2024 - 14.05.2024",
    "пн-пт 9:00–21:00",
    "00:12:30:15",
    "1 234 567,89 ₽",
    "1,234,567.00",
    "1234567.89",
    "123 456.78",
    "2019, 2020, 2021, 2022",
    "1, 2, 3, 4, 5, 6, 7, 8, 9, 10",
    "3.14159",
    "36.6°",
    "12,50, 13,99",
    "-30%",
    "90-60-90",
    "100×200×50 см",
    "1920x1080",
    "38, 40, 42, 44",
    "36,37,38,39,40,41",
    "5, 4, 5, 5",
    "S, M, L, XL",
    "XS-S-M",
    "Galaxy S24 Ultra 256GB",
    "SKU-4711-B",
    "order_2024_05",
    "black-friday-2024",
    "credit_card",
    "premium-v2-monthly",
    "2 + 2 = 4",
    "w=40",
    "AT&T",
    "Q&A",
    "C:\\temp",
    "look-at-this.html",
    "/at/kontakt.aspx",
    "meet us at 10.30",
    "INTERNATIONALIZATION",
    "DERMATOLOGY AND COSMETOLOGY",
    "otorhinolaryngology",
    "IncreaseYourSales",
    "Café crème",
    "Ελληνικά",
    "हिन्दी पृष्ठ ३",
    "日本語のページ",
    "第一章 二〇二四年五月",
    "三百六十五日",
    "الصفحة ٣",
  ])("leaves %j alone", (value) => {
    expect(findPersonalData(value)).toBeNull();
  });

  it("finds every planted identity under any two disguises", () => {
    const missed = [];
    for (const identity of [...Object.values(identities), ...spellings])
      for (const [inner, wrap] of Object.entries(disguises))
        for (const [outer, wrapAgain] of Object.entries(disguises))
          if (findPersonalData(wrapAgain(wrap(identity))) === null)
            missed.push(`${outer}(${inner}(${identity}))`);
    expect(missed).toEqual([]);
  });

  it("finds every planted identity, wherever it stands and however it is disguised", () => {
    const disguise = fc.constantFrom(...Object.values(disguises));
    const around = fc.string({ unit: fc.constantFrom(..." абвXYz,;|!"), maxLength: 30 });
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(identities), ...spellings),
        disguise,
        disguise,
        around,
        around,
        (identity, wrap, wrapAgain, before, after) => {
          const disguised = wrapAgain(wrap(identity));
          expect(findPersonalData(`${before} ${disguised} ${after}`)).not.toBeNull();
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("reports what is hidden deeper than it reads", () => {
    let value = "alice";
    for (let layer = 0; layer < 6; layer++) value = Buffer.from(value).toString("base64");
    expect(findPersonalData(value)).toBe("identifier");
  });

  it("reads the digits of every script", () => {
    const digits = Array.from({ length: 0x1fbfa }, (_, code) => String.fromCodePoint(code)).filter(
      (sign) => /\p{Nd}/u.test(sign),
    );
    // In groups of ten, from nought to nine, as Unicode arranges them.
    const missed = [];
    for (let zero = 0; zero < digits.length; zero += 10) {
      const card = [..."4242424242424242"].map((digit) => digits[zero + Number(digit)]).join("");
      if (findPersonalData(card) !== "card") missed.push(card);
    }
    expect(digits.length).toBeGreaterThan(600);
    expect(missed).toEqual([]);
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
    "ff ".repeat(1300),
    "1,".repeat(2000),
    "\\".repeat(4000),
    "&#".repeat(2000),
    "%u".repeat(2000),
    "at-".repeat(1300),
    "at a ".repeat(800),
    "a @ a".repeat(800),
    "0x".repeat(2000),
    "x.0x".repeat(1000),
    "1 ﷺ".repeat(1300),
    "+".repeat(4000),
    `${".".repeat(4000)}:`,
    "a ".repeat(2000),
    "=\n".repeat(2000),
    "٧a".repeat(2000),
    "ﷺ".repeat(4000),
    "a\u0316\u0301".repeat(1300),
    "MFWGSY3F".repeat(500),
    "YWxpY2Ug".repeat(500),
  ])("reads hostile repetition in little time (%#)", (value) => {
    const start = performance.now();
    findPersonalData(value);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
