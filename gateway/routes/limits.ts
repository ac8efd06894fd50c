/**
 * Budgets of visitor requests, per site and per address, taken before anything is sequenced or stored.
 * They live in memory and forget within a minute; an address is kept only as a salted hash whose salt
 * dies with the process.
 */
import { hash, randomBytes } from "node:crypto";
import type { Context } from "hono";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { HttpError } from "./http.ts";

export interface BudgetOptions {
  /** Requests per second that one site may have. */
  sitePerSecond: number;
  /** Requests per minute that one address may make to one site. */
  addressPerMinute: number;
  /** Finds the visitor's address; `privacy/address.ts` decides which proxies are believed. */
  address: (c: Context) => string;
}

/** @throws {HttpError} `rate_limited`, with the seconds after which to come back. */
export type Budget = (c: Context, site: string) => Promise<void>;

export function visitorBudget(options: BudgetOptions): Budget {
  const perSite = new RateLimiterMemory({ points: options.sitePerSecond, duration: 1 });
  const perAddress = new RateLimiterMemory({ points: options.addressPerMinute, duration: 60 });
  // One hash over a fixed-length secret prefix: nothing is authenticated, so it needs no HMAC.
  const salt = randomBytes(32).toString("hex");
  const key = (site: string, address: string) =>
    hash("sha256", `${salt}${site}\0${address}`, "base64url");

  return async (c, site) => {
    await take(perAddress, key(site, options.address(c)));
    await take(perSite, site);
  };
}

async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new HttpError(
      "rate_limited",
      "Too many requests; try again after the time in Retry-After.",
      {
        retryAfter: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)),
      },
    );
  }
}
