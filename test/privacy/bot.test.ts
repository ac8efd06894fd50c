import { describe, expect, it } from "vitest";
import { isBot } from "../../gateway/privacy/bot.ts";
import { syntheticAgent } from "../../gateway/privacy/user-agent.ts";
import { identities } from "./identities.ts";

describe("isBot", () => {
  it.each([
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/147.0.0.0 Safari/537.36",
    "curl/8.5.0",
    "python-requests/2.32.3",
    "node",
  ])("recognises %s", (agent) => {
    expect(isBot(agent)).toBe(true);
  });

  it.each([
    identities.agent,
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 YaBrowser/24.10.0.0 Safari/537.36",
    "",
  ])("lets %s be a visitor", (agent) => {
    expect(isBot(agent)).toBe(false);
  });

  it("takes none of the agents that vendors get for one", () => {
    const agents = (
      ["chrome", "firefox", "safari", "edge", "opera", "yandex", "samsung", "other"] as const
    ).flatMap((browser) =>
      (["desktop", "mobile", "tablet", "other"] as const).map((device) =>
        syntheticAgent({ browser, major: browser === "other" ? null : 130, device }),
      ),
    );
    expect(agents.filter(isBot)).toEqual([]);
  });
});
