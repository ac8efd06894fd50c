/** The latest records of a site: loaded, refreshed by itself, extended on demand. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Query } from "../address.ts";
import type { Failure, Reason } from "../api.ts";
import { useConsole } from "../context.ts";
import { countNew, extended, loadedFrom, refreshed, type Loaded } from "../loaded.ts";

/** Between two refreshes, milliseconds. */
const interval = 15_000;

export interface Records {
  /** Null until the first answer. */
  loaded: Loaded | null;
  failure: Failure | null;
  busy: boolean;
  /** Unix seconds of the newest answer. */
  updatedAt: number | null;
  /** How many records the newest refresh brought. */
  fresh: number;
  refresh(): void;
  more(): void;
}

/** @param filters what records must meet; other ones make other records: give the page a key of them */
export function useRecords(site: string, filters: Query): Records {
  const { api, settings, failed } = useConsole();
  const [state, setState] = useState<Omit<Records, "refresh" | "more">>({
    loaded: null,
    failure: null,
    busy: true,
    updatedAt: null,
    fresh: 0,
  });
  /** What is loaded now, for calls that end after others. */
  const current = useRef<Loaded | null>(null);
  const underway = useRef(false);
  const asked = useRef(filters);

  const ask = useCallback(
    async (cursor: string | null, reason: Reason) => {
      if (underway.current) return;
      underway.current = true;
      setState((before) => ({ ...before, busy: true }));
      const result = await api.records(site, asked.current, cursor, reason);
      underway.current = false;
      if (!result.ok) {
        if (!failed(result.failure))
          setState((before) => ({ ...before, busy: false, failure: result.failure }));
        return;
      }
      const before = current.current;
      const join = cursor === null ? refreshed : extended;
      const loaded = before ? join(before, result.value) : loadedFrom(result.value);
      current.current = loaded;
      setState({
        loaded,
        failure: null,
        busy: false,
        updatedAt: Math.floor(Date.now() / 1000),
        fresh: before && cursor === null ? countNew(before, loaded) : 0,
      });
    },
    [api, site, failed],
  );

  useEffect(() => void ask(null, "act"), [ask]);

  useEffect(() => {
    if (!settings.auto) return;
    const timer = setInterval(() => {
      if (!document.hidden && navigator.onLine) void ask(null, "watch");
    }, interval);
    return () => clearInterval(timer);
  }, [ask, settings.auto]);

  return {
    ...state,
    refresh: () => void ask(null, "act"),
    more: () => void ask(current.current?.next ?? null, "act"),
  };
}
