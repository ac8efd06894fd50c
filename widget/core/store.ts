/** Small values in local storage, in memory where the browser blocks it or it is full. */
export interface Store {
  /** Null when there is none, or it does not parse. */
  get(key: string): unknown;
  /** Null removes. */
  set(key: string, value: unknown): void;
}

/** @param site keeps two sites of one origin apart */
export function openStore(site: string): Store {
  const memory: Record<string, string> = {};
  const named = (key: string) => `soglas.${site}.${key}`;
  return {
    get(key) {
      try {
        return JSON.parse(memory[key] ?? localStorage.getItem(named(key))!);
      } catch {
        return null;
      }
    },
    set(key, value) {
      const text = JSON.stringify(value);
      delete memory[key];
      try {
        if (value === null) localStorage.removeItem(named(key));
        else localStorage.setItem(named(key), text);
      } catch {
        memory[key] = text;
      }
    },
  };
}
