/**
 * How far integration is behind, log by log: while it is too far, decisions are refused rather than
 * acknowledged without a proof in sight.
 */
export interface Backlog {
  /** An entry of the site's log was committed. */
  appended(site: string, log: number, index: number): void;
  /** The tree of one of the site's logs has `size` of `next` entries. */
  integrated(site: string, log: number, size: number, next: number): void;
  /** The log is read-only from here on, or no longer. */
  hold(site: string, log: number, isHeld: boolean): void;
  /** Why the site's log must not grow for now, or null. */
  refusal(site: string): "overloaded" | "read_only" | null;
  /** Has `notice` called after every append. */
  onAppended(notice: () => void): void;
}

interface Standing {
  size: number;
  next: number;
}

/** @param limit entries that may wait to be integrated, per log. */
export function createBacklog(limit = 50_000): Backlog {
  const logs = new Map<number, Standing>();
  /** The log each site writes to: its newest, which has the highest number. */
  const current = new Map<string, number>();
  const held = new Set<number>();
  const listeners: (() => void)[] = [];
  const note = (site: string, log: number) =>
    current.set(site, Math.max(log, current.get(site) ?? log));
  return {
    appended(site, log, index) {
      note(site, log);
      const standing = logs.get(log);
      // What the tree had before this process looked is not known: it counts from its first append.
      if (standing) standing.next = Math.max(standing.next, index + 1);
      else logs.set(log, { size: index, next: index + 1 });
      for (const notice of listeners) notice();
    },
    integrated(site, log, size, next) {
      note(site, log);
      const standing = logs.get(log);
      logs.set(log, { size, next: Math.max(next, standing?.next ?? 0) });
    },
    hold(site, log, isHeld) {
      note(site, log);
      if (isHeld) held.add(log);
      else held.delete(log);
    },
    refusal(site) {
      const log = current.get(site) ?? -1;
      if (held.has(log)) return "read_only";
      const standing = logs.get(log);
      return standing !== undefined && standing.next - standing.size >= limit ? "overloaded" : null;
    },
    onAppended(notice) {
      listeners.push(notice);
    },
  };
}
