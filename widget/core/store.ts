/** Small values in local storage, in memory where the browser blocks it or it is full. */
export interface Store {
  /** Null when there is none, or it does not parse. */
  get(key: string): unknown;
  /** Null removes. False when only this page remembers. Arrays belong into a string: see json.ts. */
  set(key: string, value: unknown): boolean;
  /**
   * Keys `<kind>.…`, sorted. What is many has a key for each: tabs that write at the same time then
   * overwrite nothing of each other.
   */
  list(kind: string): string[];
}

/** @param site keeps two sites of one origin apart */
export function openStore(site: string): Store {
  const memory: Record<string, string> = {};
  const prefix = `soglas.${site}.`;
  return {
    get(key) {
      try {
        return JSON.parse(memory[prefix + key] ?? localStorage.getItem(prefix + key)!);
      } catch {
        return null;
      }
    },
    set(key, value) {
      const name = prefix + key;
      delete memory[name];
      try {
        if (value === null) localStorage.removeItem(name);
        else localStorage.setItem(name, JSON.stringify(value));
        return true;
      } catch {
        if (value !== null) memory[name] = JSON.stringify(value);
        return false;
      }
    },
    list(kind) {
      let names = Object.keys(memory);
      try {
        names = names.concat(Object.keys(localStorage));
      } catch {
        // Storage that the browser blocks holds nothing.
      }
      const keys = names
        .filter((name) => name.startsWith(`${prefix}${kind}.`))
        .map((name) => name.slice(prefix.length));
      keys.sort();
      return keys;
    },
  };
}
