/** The visitor's own history: which records this browser has made. */
import type { DecisionBody } from "../../../gateway/contract/decision.ts";
import type { PastDecision } from "../../ui/host.ts";
import { counterKey } from "./decision.ts";
import type { Store } from "../store.ts";

/** As many as anybody looks at. */
const longest = 20;

export interface History {
  /** @param kept false where the browser may keep no id: then only this page remembers. */
  add(decision: DecisionBody, kept: boolean): void;
  list(waits: (recordId: string) => boolean): PastDecision[];
  rename(recordId: string, to: string): void;
  /** Forgets all but these. */
  keep(these: (recordId: string) => boolean): void;
}

/** Each entry is a key of its own, `history.<time>.<counter>.<record id>`, with what was granted, in words, since arrays do not outlive every page. */
export function openHistory(store: Store): History {
  let here: Record<string, string[]> = {};
  const idOf = (key: string) => key.split(".")[3]!;
  const grantedOf = (key: string) =>
    here[key] ??
    String(store.get(key) ?? "")
      .split(" ")
      .filter(Boolean);

  function all(): string[] {
    const keys = [...new Set([...store.list("history"), ...Object.keys(here)])];
    keys.sort();
    return keys;
  }
  function remove(key: string): void {
    delete here[key];
    store.set(key, null);
  }

  return {
    add({ id, time, counter, purposes, services }, kept) {
      const granted = Object.entries({ ...purposes, ...services })
        .filter(([, state]) => state === "granted")
        .map(([name]) => name);
      const key = `history.${time}.${counterKey(counter)}.${id}`;
      if (kept) store.set(key, granted.join(" "));
      else {
        here = { ...Object.fromEntries(all().map((old) => [old, grantedOf(old)])), [key]: granted };
        for (const old of store.list("history")) store.set(old, null);
      }
      for (const old of all().slice(0, -longest)) remove(old);
    },
    list: (waits) =>
      all().map((key) => ({
        recordId: idOf(key),
        time: Number(key.split(".")[1]),
        granted: grantedOf(key),
        state: waits(idOf(key)) ? "waiting" : "sent",
      })),
    rename(recordId, to) {
      for (const key of all().filter((each) => idOf(each) === recordId)) {
        const granted = grantedOf(key);
        const kept = !here[key];
        remove(key);
        const renamed = key.replace(recordId, to);
        if (kept) store.set(renamed, granted.join(" "));
        else here[renamed] = granted;
      }
    },
    keep(these) {
      for (const key of all()) if (!these(idOf(key))) remove(key);
    },
  };
}
