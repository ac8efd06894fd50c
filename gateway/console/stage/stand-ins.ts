/**
 * What a page of an origin of its own does not have, or has of the officer's browser, in place of it:
 * the widget then runs unchanged, as in a browser that visits a site for the first time.
 */

/** Cookies that live as long as this page. */
export function cookieJar(): PropertyDescriptor {
  const jar = new Map<string, string>();
  return {
    get: () => [...jar].map((pair) => pair.join("=")).join("; "),
    set(line: string) {
      const [, name = "", value = ""] = /^([^=;]*)=([^;]*)/.exec(line) ?? [];
      const [, expires = ""] = /;\s*expires=([^;]*)/i.exec(line) ?? [];
      if (Date.parse(expires) < Date.now()) jar.delete(name);
      else jar.set(name, value);
    },
  };
}

/** Local or session storage of which nothing outlives this page. Entries are its only enumerable keys. */
export function storage(): PropertyDescriptor {
  const entries: Record<string, string> = {};
  const methods = {
    getItem: (key: string) => (Object.hasOwn(entries, key) ? entries[key] : null),
    setItem(key: string, value: string) {
      Object.defineProperty(entries, key, {
        value: String(value),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    },
    removeItem: (key: string) => void delete entries[key],
  };
  for (const [name, value] of Object.entries(methods))
    Object.defineProperty(entries, name, { value });
  return { value: entries };
}

/** The visitor's colour scheme in place of the officer's. */
export function schemeQuery(theme: "light" | "dark", original: typeof matchMedia) {
  return (query: string): MediaQueryList => {
    const [, asked] = /^\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)$/.exec(query) ?? [];
    const list = original(query);
    return asked === undefined
      ? list
      : Object.defineProperty(list, "matches", { value: asked === theme });
  };
}

/** Scripts come from what was handed over, and nothing from anywhere else. */
export function scriptSource(
  loaded: Record<string, string>,
  { get, set }: PropertyDescriptor,
): PropertyDescriptor {
  return {
    ...(get && { get }),
    set(this: HTMLScriptElement, address: unknown) {
      const known = String(address);
      set!.call(this, dataAddress(Object.hasOwn(loaded, known) ? loaded[known]! : ""));
    },
  };
}

/** A script as an address of its own. */
export const dataAddress = (script: string) =>
  `data:text/javascript;charset=utf-8,${encodeURIComponent(script)}`;
