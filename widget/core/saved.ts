/**
 * What the browser remembers of the last decision, and reading it; `cookies.ts` writes it.
 *
 * The cookie is `1.<secret>.<counter>.<time>.<choices>.<revision>`: at most 120 bytes with the longest
 * name, in characters that no cookie library escapes. Numbers are base 36; the choices are bits, purposes
 * before services, in hexadecimal behind a 1 that keeps their number.
 */
import type { TagConfig } from "../../gateway/contract/widget.ts";
import type { Choice } from "../ui/host.ts";
import type { Asked } from "./asked.ts";

export interface Saved {
  /** Empty after a refusal that keeps no id. */
  secret: string;
  counter: number;
  /** Unix seconds of the decision. */
  time: number;
  /** Null when it was made under another revision, or was taken out of force: the visitor is asked again. */
  choice: Choice | null;
}

const form = /^1\.([\w-]{21}[AQgw])?\.([\da-z]{1,4})\.([\da-z]{1,7})\.([\da-f]{1,25})\.([\w-]{8})$/;

/** Whether anything at all is granted. */
export function grantsAny(choice: Choice | null | undefined): boolean {
  return !!choice && Object.values({ ...choice.purposes, ...choice.services }).includes(true);
}

/** Days a decision is valid. */
export const validDays = ({ days }: TagConfig, { choice }: Saved): number =>
  grantsAny(choice) ? days.grant : days.refusal;

/** Null for whatever this version would not have written, and for what has lapsed. */
export function decodeSaved(
  text: string,
  config: TagConfig,
  { purposes, services }: Asked,
  nowSeconds: number,
): Saved | null {
  const parts = form.exec(text);
  if (!parts) return null;
  const [, secret = "", counter, time, choices, revision] = parts;
  const bits = [...BigInt("0x" + choices).toString(2)].slice(1);
  const states = (ids: string[], from: number) =>
    Object.fromEntries(ids.map((id, index) => [id, bits[from + index] === "1"]));
  const saved: Saved = {
    secret,
    counter: parseInt(counter!, 36),
    time: parseInt(time!, 36),
    choice:
      revision === config.revision && bits.length === purposes.length + services.length
        ? { purposes: states(purposes, 0), services: states(services, purposes.length) }
        : null,
  };
  return saved.time + validDays(config, saved) * 86400 > nowSeconds ? saved : null;
}

export function encodeSaved(
  { secret, counter, time, choice }: Saved,
  { revision }: TagConfig,
  { purposes, services }: Asked,
): string {
  const bits = [
    ...purposes.map((id) => choice?.purposes[id]),
    ...services.map((id) => choice?.services[id]),
  ];
  const choices = BigInt("0b1" + bits.map((bit) => (bit ? 1 : 0)).join(""));
  const under = choice ? revision : "--------";
  return [1, secret, counter.toString(36), time.toString(36), choices.toString(16), under].join(
    ".",
  );
}

/** The text of a cookie of this page, empty without one. */
export function cookieText(name: string): string {
  const found = document.cookie.split("; ").find((cookie) => cookie.startsWith(name + "="));
  return found ? found.slice(name.length + 1) : "";
}
