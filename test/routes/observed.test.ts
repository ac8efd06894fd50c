import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import type { Client } from "../../gateway/privacy/address.ts";
import { createObserve } from "../../gateway/routes/observed.ts";
import { identities } from "../privacy/identities.ts";

async function observed(client: Client, headers: Record<string, string>): Promise<unknown> {
  const observe = createObserve({
    client: () => client,
    locate: (address) =>
      address === identities.ipv4
        ? { country: "RU", region: "RU-MOW" }
        : { country: null, region: null },
    countryHeader: "CF-IPCountry",
  });
  const app = new Hono().get("/", (c) => c.json(observe(c)));
  return (await app.request("/", { headers })).json();
}

const direct = { address: identities.ipv4, behindProxy: false };
const proxied = { address: identities.ipv4, behindProxy: true };

describe("what the gateway observes of a request", () => {
  it("is classes and a country, and nothing of the headers themselves", async () => {
    const headers = { "user-agent": identities.agent, "x-forwarded-for": identities.ipv6 };
    expect(await observed(direct, headers)).toEqual({
      agent: { browser: "chrome", major: 126, device: "desktop" },
      bot: false,
      country: "RU",
      region: "RU-MOW",
    });
  });

  it("believes a trusted proxy's country, and nobody else's", async () => {
    const headers = { "cf-ipcountry": "KZ" };
    expect(await observed(direct, headers)).toMatchObject({ country: "RU", region: "RU-MOW" });
    expect(await observed(proxied, headers)).toMatchObject({ country: "KZ", region: null });
  });

  it.each(["XX", "T1", "", identities.ipv4, identities.email])(
    "keeps to the file when the proxy says %j",
    async (said) => {
      expect(await observed(proxied, { "cf-ipcountry": said })).toMatchObject({
        country: "RU",
        region: "RU-MOW",
      });
    },
  );

  it("knows a program by what it says of itself", async () => {
    expect(await observed(direct, { "user-agent": "curl/8.5.0" })).toMatchObject({ bot: true });
  });
});
