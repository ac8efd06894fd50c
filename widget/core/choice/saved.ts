/**
 * What the browser remembers of the last decision, and reading it; the recorder writes it.
 *
 * The cookie is `1.<secret>.<counter>.<time>.<choices>.<revision>`: at most 120 bytes with the longest
 * name, in characters that no cookie library escapes. Numbers are base 36; the choices are bits, purposes
 * before services, in hexadecimal behind a 1 that keeps their number. Until the recorder has written it, and
 * where the browser takes no cookie, the same stands in the store under `choice`.
 */
import type { TagConfig } from "../../../gateway/contract/widget.ts";
import type { Store } from "../store.ts";

/** What the visitor wants, by id of purpose or service; essential ones are left out. */
export type Choice = Record<string, boolean>;

export interface Saved {
  /** Empty after a refusal that keeps no id. */
  secret: string;
  counter: number;
  /** Unix seconds of the decision. */
  time: number;
  /** Null when it was made under another revision, or was taken out of force: the visitor is asked again. */
  choice: Choice | null;
}

/** As it stands in the store: arrays would not survive there, see json.ts. */
export interface StoredChoice extends Saved {
  /** Revision of the texts it was made under. */
  revision: string;
}

const form = /^1\.([\w-]{21}[AQgw])?\.([\da-z]{1,4})\.([\da-z]{1,7})\.([\da-f]{1,25})\.([\w-]{8})$/;

/** Whether anything at all is granted. */
export const grantsAny = (choice: Choice | null | undefined): boolean =>
  Object.values(choice ?? {}).includes(true);

/** Days a decision is valid. */
export const validDays = ({ days }: TagConfig, { choice }: Saved): number =>
  grantsAny(choice) ? days.grant : days.refusal;

/** Null for whatever this version would not have written. */
export function decodeSaved(text: string, { asked, revision: current }: TagConfig): Saved | null {
  const parts = form.exec(text);
  if (!parts) return null;
  const [, secret = "", counter, time, choices, revision] = parts;
  const bits = BigInt("0x" + choices).toString(2);
  return {
    secret,
    counter: parseInt(counter!, 36),
    time: parseInt(time!, 36),
    choice:
      revision === current && bits.length === asked.length + 1
        ? Object.fromEntries(asked.map((id, index) => [id, bits[index + 1] === "1"]))
        : null,
  };
}

/** The text of a cookie of this page, empty without one. */
export function cookieText(name: string): string {
  const found = document.cookie.split("; ").find((cookie) => cookie.startsWith(name + "="));
  return found ? found.slice(name.length + 1) : "";
}

/**
 * The newest choice that has not lapsed: of the cookie, and of the store. Of one subject by the counter; a
 * refusal may have kept no id, and an erasure begins anew, so otherwise by time.
 */
export function rememberedChoice(config: TagConfig, store: Store): Saved | null {
  const lasting = (saved: Saved | null) =>
    saved && saved.time + validDays(config, saved) * 86400 > Date.now() / 1000 ? saved : null;
  const kept = lasting(decodeSaved(cookieText(config.cookie), config));
  const stored = store.get("choice") as StoredChoice | null;
  const waiting =
    stored && lasting(stored.revision === config.revision ? stored : { ...stored, choice: null });
  if (!kept || !waiting) return kept ?? waiting;
  const newer =
    kept.secret === waiting.secret ? kept.counter >= waiting.counter : kept.time > waiting.time;
  return newer ? kept : waiting;
}
