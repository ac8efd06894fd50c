import { expect, test } from "vitest";
import {
  displayName,
  duration,
  localizedText,
  localTime,
  shortHash,
  utcTime,
} from "../../gateway/console/format.ts";

const moment = Date.UTC(2026, 10, 23, 21, 30, 5) / 1000;

test("a moment is shown in the officer's zone and in UTC", () => {
  expect(localTime(moment, "en", "Europe/Moscow")).toBe("24 Nov 2026, 00:30:05");
  expect(localTime(moment, "ru", "Europe/Moscow")).toMatch(/^24 нояб\. 2026\s?г\., 00:30:05$/);
  expect(utcTime(moment)).toBe("2026-11-23 21:30:05 UTC");
});

test.each([
  [0, "0 seconds"],
  [59, "59 seconds"],
  [60, "1 minute"],
  [-7199, "1 hour"],
  [86_400 * 3, "3 days"],
])("%d seconds are %s", (seconds, text) => {
  expect(duration(seconds, "en")).toBe(text);
});

test("names fall back to what there is", () => {
  expect(localizedText({ en: "Clinic", ru: "Клиника" }, "ru")).toBe("Клиника");
  expect(localizedText({ de: "Klinik" }, "ru")).toBe("Klinik");
  expect(displayName("region", "RU", "en")).toBe("Russia");
  expect(displayName("language", "not a language", "en")).toBe("not a language");
  expect(shortHash("abcdefghijkl")).toBe("abcdefgh");
});
