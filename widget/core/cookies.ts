/** The consent cookie, and removing cookies of others. The only file that knows js-cookie. */
import Cookies from "js-cookie";
import type { TagConfig } from "../../gateway/contract/widget.ts";
import type { Choice } from "../ui/host.ts";
import type { Asked } from "./asked.ts";

/** What the browser remembers of the last decision. */
export interface Saved {
  /** Empty after a refusal that keeps no id. */
  secret: string;
  counter: number;
  /** Unix seconds of the decision. */
  time: number;
  /** Null when it was made under another revision: the visitor is asked again. */
  choice: Choice | null;
}

/**
 * `1.<secret>.<counter>.<time>.<choices>.<revision>`: at most 120 bytes with the longest name, in
 * characters that no cookie library escapes. Numbers are base 36; the choices are bits, purposes
 * before services, in hexadecimal behind a 1 that keeps their number.
 */
const form =
  /^1\.([\w-]{21}[AQgw])?\.([\da-z]{1,4})\.([\da-z]{1,7})\.(1|[\da-f]{1,25})\.([\w-]{8})$/;

export function encodeCookie(saved: Saved, asked: Asked, revision: string): string {
  const { purposes, services } = saved.choice!;
  const bits = [
    ...asked.purposes.map((id) => purposes[id]),
    ...asked.services.map((id) => services[id]),
  ];
  return [
    1,
    saved.secret,
    saved.counter.toString(36),
    saved.time.toString(36),
    BigInt("0b1" + bits.map(Number).join("")).toString(16),
    revision,
  ].join(".");
}

/** Null for whatever `encodeCookie` would not have written. */
export function decodeCookie(
  text: string | undefined,
  asked: Asked,
  revision: string,
): Saved | null {
  const parts = form.exec(text ?? "");
  if (!parts) return null;
  const bits = BigInt("0x" + parts[4]).toString(2);
  const { length } = asked.purposes;
  const states = (ids: string[], from: number) =>
    Object.fromEntries(ids.map((id, index) => [id, bits[from + index] === "1"]));
  return {
    secret: parts[1] ?? "",
    counter: parseInt(parts[2]!, 36),
    time: parseInt(parts[3]!, 36),
    choice:
      parts[5] === revision && bits.length === 1 + length + asked.services.length
        ? { purposes: states(asked.purposes, 1), services: states(asked.services, 1 + length) }
        : null,
  };
}

/** Whether anything at all is granted. */
export function grantsAny({ purposes, services }: Choice): boolean {
  return Object.values({ ...purposes, ...services }).includes(true);
}

export interface ConsentCookie {
  /** Null without a decision, and when it is damaged or has lapsed. */
  read(): Saved | null;
  write(saved: Saved): void;
  remove(): void;
}

/** @param now milliseconds */
export function openCookie(config: TagConfig, asked: Asked, now: () => number): ConsentCookie {
  const { name, domain } = config.cookie;
  const days = (saved: Saved) =>
    saved.choice && grantsAny(saved.choice) ? config.days.grant : config.days.refusal;
  return {
    read() {
      const saved = decodeCookie(Cookies.get(name), asked, config.revision);
      return saved && (saved.time + days(saved) * 86400) * 1000 > now() ? saved : null;
    },
    write(saved) {
      const text = encodeCookie(saved, asked, config.revision);
      const attributes = {
        expires: days(saved),
        sameSite: "lax",
        secure: location.protocol === "https:",
      } as const;
      if (domain) Cookies.set(name, text, { ...attributes, domain });
      // Also where the browser refused the domain, or an older cookie of this host alone shadows it.
      if (Cookies.get(name) !== text) Cookies.set(name, text, attributes);
    },
    remove: () => removeCookie(name),
  };
}

export const cookieNames = (): string[] => Object.keys(Cookies.get());

/**
 * Removes a cookie on every domain and path it can have been set on from here. A leading dot of the
 * Domain attribute makes no difference (RFC 6265, section 5.2.3); a closing slash of the path does.
 */
export function removeCookie(name: string): void {
  const labels = location.hostname.split(".");
  const paths = ["/"];
  let path = "";
  for (const segment of location.pathname.split("/").slice(1)) {
    path += "/" + segment;
    paths.push(path, path + "/");
  }
  const secure = location.protocol === "https:";
  for (const path of paths) {
    Cookies.remove(name, { path, secure });
    for (const index of labels.keys())
      Cookies.remove(name, { path, secure, domain: labels.slice(index).join(".") });
  }
}
