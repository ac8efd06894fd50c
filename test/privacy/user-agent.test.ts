import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coarseAgent, syntheticAgent } from "../../gateway/privacy/user-agent.ts";

const agents: [string, string, number | null, string][] = [
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.6478.127 Safari/537.36",
    "chrome",
    126,
    "desktop",
  ],
  [
    "Mozilla/5.0 (Linux; Android 14; Pixel 8 Pro) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.6422.165 Mobile Safari/537.36",
    "chrome",
    125,
    "mobile",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1",
    "chrome",
    126,
    "mobile",
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15",
    "safari",
    17,
    "desktop",
  ],
  [
    "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1",
    "safari",
    16,
    "tablet",
  ],
  [
    "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
    "firefox",
    127,
    "desktop",
  ],
  [
    "Mozilla/5.0 (Android 13; Tablet; rv:127.0) Gecko/127.0 Firefox/127.0",
    "firefox",
    127,
    "tablet",
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.2592.68",
    "edge",
    126,
    "desktop",
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36 OPR/110.0.0.0",
    "opera",
    110,
    "desktop",
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 YaBrowser/24.6.0.0 Safari/537.36",
    "yandex",
    24,
    "desktop",
  ],
  [
    "Mozilla/5.0 (Linux; Android 14; SM-S928B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36",
    "samsung",
    25,
    "mobile",
  ],
  [
    "Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/49.0.2623.112 Safari/537.36",
    "chrome",
    null,
    "desktop",
  ],
  [
    "Mozilla/5.0 (SMART-TV; Linux; Tizen 7.0) AppleWebKit/537.36 (KHTML, like Gecko)",
    "other",
    null,
    "other",
  ],
  ["curl/8.5.0", "other", null, "other"],
  ["", "other", null, "other"],
];

describe("coarseAgent", () => {
  it.each(agents)("%s", (agent, browser, major, device) => {
    expect(coarseAgent(agent)).toEqual({ browser, major, device });
  });

  it("answers in its own words for any input", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 3000 }), (agent) => {
        const { browser, major, device } = coarseAgent(agent);
        expect(browser).toMatch(/^(chrome|firefox|safari|edge|opera|yandex|samsung|other)$/);
        expect(device).toMatch(/^(desktop|mobile|tablet|other)$/);
        expect(major === null || (major >= 14 && major <= 999)).toBe(true);
      }),
    );
  });
});

describe("syntheticAgent", () => {
  it.each(agents)("reads back as the same classes: %s", (agent) => {
    const { browser, major, device } = coarseAgent(agent);
    const again = coarseAgent(syntheticAgent({ browser, major, device }));
    expect(again.browser).toBe(browser);
    if (major !== null) expect(again.major).toBe(major);
    if (device !== "other")
      expect(again.device).toBe(device === "tablet" || device === "mobile" ? device : "desktop");
  });

  it("is the same for visitors of the same classes, and holds nothing of theirs", () => {
    const one = coarseAgent(agents[1]![0]);
    const other = coarseAgent(
      "Mozilla/5.0 (Linux; Android 9; SM-A105F) AppleWebKit/537.36 Chrome/125.0.1.2 Mobile Safari/537.36",
    );
    expect(syntheticAgent(one)).toBe(syntheticAgent(other));
    expect(syntheticAgent(one)).not.toMatch(/Pixel|6422/);
  });
});
