/** The visitor's own history: which records this browser has made. */
import type { DecisionBody } from "../../gateway/contract/decision.ts";
import type { PastDecision } from "../ui/host.ts";
import type { Store } from "./store.ts";

/** As many as anybody looks at. */
const longest = 20;

type Entry = Omit<PastDecision, "state">;

export interface History {
  /** @param kept false where the browser may keep no id: then only this page remembers. */
  add(decision: DecisionBody, kept: boolean): void;
  list(waits: (recordId: string) => boolean): PastDecision[];
  rename(recordId: string, to: string): void;
  /** Forgets all but these. */
  keep(these: (recordId: string) => boolean): void;
}

export function openHistory(store: Store): History {
  let here: Entry[] = [];
  const all = (): Entry[] => {
    const stored = store.get("history");
    return here.length || !Array.isArray(stored) ? here : stored;
  };
  const replace = (entries: Entry[]) => {
    if (here.length) here = entries;
    else store.set("history", entries[0] ? entries : null);
  };
  return {
    add({ id, time, purposes, services }, kept) {
      const granted = Object.entries({ ...purposes, ...services })
        .filter(([, state]) => state === "granted")
        .map(([name]) => name);
      const entries = [...all(), { recordId: id, time, granted }].slice(-longest);
      here = kept ? [] : entries;
      store.set("history", kept ? entries : null);
    },
    list: (waits) =>
      all().map(({ recordId, time, granted }) => ({
        recordId,
        time,
        granted,
        state: waits(recordId) ? "waiting" : "sent",
      })),
    rename: (recordId, to) =>
      replace(
        all().map((entry) => (entry.recordId === recordId ? { ...entry, recordId: to } : entry)),
      ),
    keep: (these) => replace(all().filter(({ recordId }) => these(recordId))),
  };
}
