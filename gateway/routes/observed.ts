/**
 * What the gateway may know of a request beside its body, already coarse: the one place where the
 * headers that identify a visitor are read. Nothing it returns is an address or a user agent.
 */
import type { Context } from "hono";
import type { Client } from "../privacy/address.ts";
import { isBot } from "../privacy/bot.ts";
import { countryCode, nowhere, type Location } from "../privacy/location.ts";
import { coarseAgent, type CoarseAgent } from "../privacy/user-agent.ts";

export interface Observed extends Location {
  agent: CoarseAgent;
  /** It says of itself that it is a program. */
  bot: boolean;
}

export type Observe = (c: Context) => Observed;

export interface ObserveOptions {
  /** Finds the visitor's address; `privacy/address.ts` decides which proxies are believed. */
  client: (c: Context) => Client;
  /** Location of an address, from a local file. */
  locate: (address: string) => Location;
  /** Header in which a trusted proxy names the country, such as `CF-IPCountry`; null: none. */
  countryHeader: string | null;
}

export function createObserve({ client, locate, countryHeader }: ObserveOptions): Observe {
  function locationOf(c: Context): Location {
    const { address, behindProxy } = client(c);
    const located = address === "" ? nowhere : locate(address);
    if (countryHeader === null || !behindProxy) return located;
    const country = countryCode(c.req.header(countryHeader));
    // The proxy is nearer to the visitor; a region of another country says nothing.
    if (country === null || country === located.country) return located;
    return { country, region: null };
  }

  return function observe(c) {
    const userAgent = c.req.header("user-agent") ?? "";
    return { agent: coarseAgent(userAgent), bot: isBot(userAgent), ...locationOf(c) };
  };
}
