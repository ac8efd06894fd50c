/** Small values in local storage, in memory where the browser blocks it or it is full. */
export interface Store {
  /** Null when there is none, or it does not parse. */
  get(key: string): unknown;
  /** Null removes. Arrays belong into a string: see json.ts. */
  set(key: string, value: unknown): void;
  /** False when some of it is known to this page alone. */
  lasting(): boolean;
  /**
   * Keys `<kind>.…`, sorted. What is many has a key for each: tabs that write at the same time then
   * overwrite nothing of each other. Whatever is `due.…` gives an occasion to load the recorder.
   */
  list(kind: string): string[];
}

/** @param site keeps two sites of one origin apart */
export function openStore(site: string): Store {
  const memory: Record<string, string> = {};
  let local = memory;
  try {
    local = localStorage ?? memory;
  } catch {
    // Storage that the browser blocks holds nothing.
  }
  const prefix = `soglas.${site}.`;
  return {
    get(key) {
      try {
        return JSON.parse(memory[prefix + key] ?? local[prefix + key]!);
      } catch {
        return null;
      }
    },
    set(key, value) {
      const name = prefix + key;
      const text = JSON.stringify(value);
      delete memory[name];
      try {
        if (value === null) delete local[name];
        else local[name] = text;
      } catch {
        memory[name] = text;
      }
    },
    lasting: () => !Object.keys(memory)[0],
    list(kind) {
      const keys = [...new Set([...Object.keys(local), ...Object.keys(memory)])]
        .filter((name) => name.startsWith(`${prefix}${kind}.`))
        .map((name) => name.slice(prefix.length));
      keys.sort();
      return keys;
    },
  };
}
