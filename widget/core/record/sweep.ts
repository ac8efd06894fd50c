import type { Stored } from "../../../gateway/contract/widget.ts";
import { cookieNames, removeCookie } from "./cookies.ts";

const matches = (pattern: string, name: string) =>
  pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

/** Storage that the browser blocks holds nothing. */
export function storageOf(kind: "local" | "session"): Storage | undefined {
  try {
    return window[`${kind}Storage`];
  } catch {
    return undefined;
  }
}

function found(stores: Stored[]): Stored[] {
  return stores.flatMap(([kind, pattern]) =>
    (kind === "cookie" ? cookieNames() : Object.keys(storageOf(kind) ?? {}))
      .filter((name) => matches(pattern, name))
      .map((name): Stored => [kind, name]),
  );
}

/** Removes what these services have stored. Returns the names that the page cannot remove. */
export function sweep(stores: Stored[]): string[] {
  for (const [kind, name] of found(stores)) {
    if (kind === "cookie") removeCookie(name);
    else storageOf(kind)?.removeItem(name);
  }
  return found(stores).map(([, name]) => name);
}
