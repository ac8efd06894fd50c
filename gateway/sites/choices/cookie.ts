/**
 * The cookie that the widget keeps a visitor's choice in, read and written where there are no scripts. Its
 * form is the widget's (`widget/core/choice/saved.ts`), which honours what is written here, and the reverse.
 */
import type { DecisionBody } from "../../contract/decision.ts";
import { askedOf } from "../asked.ts";
import { grantsAnything } from "../decisions.ts";
import type { SiteConfig } from "../sites.ts";

type States = Record<string, boolean>;

export interface KeptChoice {
  /** Empty after a refusal that keeps no id. */
  secret: string;
  counter: number;
  /** Unix seconds of the decision. */
  time: number;
  /** Null when it was made under other texts: the visitor is asked again. */
  choice: { purposes: States; services: States } | null;
}

/** Secret, counter, time, choices, revision. */
export const choiceForm =
  /^1\.([\w-]{21}[AQgw])?\.([\da-z]{1,4})\.([\da-z]{1,7})\.([\da-f]{1,25})\.([\w-]{8})$/;

/**
 * @param text of the cookie, which anybody may have written
 * @param now Unix seconds
 * @returns null for whatever the widget would not have written, and for what has lapsed
 */
export function readChoice(
  text: string | undefined,
  config: SiteConfig,
  now: number,
): KeptChoice | null {
  const parts = choiceForm.exec(text ?? "");
  if (!parts) return null;
  const [, secret = "", counter = "", time = "", choices = "", revision] = parts;
  const { purposes, services } = askedOf(config.site);
  const bits = [...BigInt(`0x${choices}`).toString(2)].slice(1);
  const states = (ids: string[], from: number) =>
    Object.fromEntries(ids.map((id, index) => [id, bits[from + index] === "1"]));
  const stands = revision === config.revision && bits.length === purposes.length + services.length;
  const kept = {
    secret,
    counter: parseInt(counter, 36),
    time: parseInt(time, 36),
    choice: stands
      ? { purposes: states(purposes, 0), services: states(services, purposes.length) }
      : null,
  };
  return kept.time + daysOf(config, kept.choice) * 86_400 > now ? kept : null;
}

/** Days a choice is kept: grants and refusals differ. */
export function daysOf({ site }: SiteConfig, choice: KeptChoice["choice"]): number {
  const { grantDays, refusalDays } = site.validity;
  const states = { ...choice?.purposes, ...choice?.services };
  return Object.values(states).includes(true) ? grantDays : refusalDays;
}

/** @returns the cookie's text after a decision */
export function choiceText(
  decision: Pick<DecisionBody, "secret" | "counter" | "time" | "purposes" | "services">,
  config: SiteConfig,
): string {
  const { purposes, services } = askedOf(config.site);
  const bits = [
    ...purposes.map((id) => decision.purposes[id]),
    ...services.map((id) => decision.services[id]),
  ].map((state) => (state === "granted" ? 1 : 0));
  const kept = grantsAnything(decision) || (config.site.refusal?.id ?? true);
  return [
    1,
    kept ? decision.secret : "",
    (kept ? decision.counter : 0).toString(36),
    decision.time.toString(36),
    BigInt(`0b1${bits.join("")}`).toString(16),
    config.revision,
  ].join(".");
}

/**
 * Where a cookie that this gateway sets reaches pages of a site: browsers keep cookies by host, ports aside.
 * @param host the gateway's own, without a port
 * @returns the cookie's domain, `""` for this host alone, and null where it would reach no page, or the site keeps
 *   choices in local storage, where no answer writes
 */
export function cookieReach({ site }: SiteConfig, host: string): string | null {
  const { domain, keep } = site.cookie;
  if (keep === "local") return null;
  if (domain !== undefined) return host === domain || host.endsWith(`.${domain}`) ? domain : null;
  return site.origins.some((origin) => new URL(origin).hostname === host) ? "" : null;
}
