/*
 * Stand-in of Yandex.Metrika's tag.js for the demo and the browser tests. It was written for this
 * purpose and does what the real one does as far as a consent tool can notice: drains the `ym` queue,
 * keeps its cookies and storage entries, sends hits by itself until the page ends and one more while it
 * ends, keeps failed hits for later, honours `disableYaCounter<ID>` before init only, and its
 * `destruct` stops the counter but deletes nothing.
 */
(() => {
  const base = new URL("../", document.currentScript.src);
  const counters = new Map();
  const retryKey = "_ym_retryReqs";

  const readCookie = (name) =>
    document.cookie
      .split("; ")
      .find((pair) => pair.startsWith(`${name}=`))
      ?.slice(name.length + 1);

  /** Tries the shortest domain first: `test` is refused, `clinic.test` is kept. */
  const writeCookie = (name, value, days) => {
    const labels = location.hostname.split(".");
    const rest = `; path=/; max-age=${days * 86400}; samesite=lax`;
    for (let count = 1; count <= labels.length; count += 1) {
      document.cookie = `${name}=${value}; domain=${labels.slice(-count).join(".")}${rest}`;
      if (readCookie(name) === value) return;
    }
    document.cookie = `${name}=${value}${rest}`;
  };

  const stored = (key, fallback) => {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? fallback;
    } catch {
      return fallback;
    }
  };
  const store = (key, value) => localStorage.setItem(key, JSON.stringify(value));
  const seconds = () => Math.trunc(Date.now() / 1000);

  /** Cookie and storage entry repair each other: deleting one of them is not enough. */
  const visitor = () => {
    const fresh = `${seconds()}${Math.trunc(Math.random() * 1e9)}`;
    const uid = readCookie("_ym_uid") ?? stored("_ym_uid", fresh);
    writeCookie("_ym_uid", uid, 365);
    writeCookie("_ym_d", readCookie("_ym_d") ?? String(seconds()), 365);
    writeCookie("_ym_isad", "2", 2);
    store("_ym_uid", uid);
    return uid;
  };

  const keepForLater = (url) => {
    const kept = stored(retryKey, {});
    kept[Math.trunc(Math.random() * 1e9)] = { time: Date.now(), url };
    store(retryKey, kept);
  };
  const post = async (url) => {
    try {
      const response = await fetch(url, {
        method: "POST",
        keepalive: true,
        credentials: "include",
      });
      if (!response.ok) keepForLater(url);
    } catch {
      keepForLater(url);
    }
  };
  const retry = () => {
    const kept = Object.values(stored(retryKey, {}));
    localStorage.removeItem(retryKey);
    for (const { time, url } of kept) if (Date.now() - time < 86_400_000) post(url);
  };

  const send = (counter, address, flags, extra = {}, beacon = false) => {
    const sent = stored(`_ym${counter.id}:0_reqNum`, 0) + 1;
    store(`_ym${counter.id}:0_reqNum`, sent);
    const info = {
      ...flags,
      u: visitor(),
      ls: counter.lsid,
      hid: counter.hid,
      rqn: sent,
      w: `${innerWidth}x${innerHeight}`,
      s: `${screen.width}x${screen.height}x${screen.colorDepth}`,
      la: navigator.language,
      z: -new Date().getTimezoneOffset(),
      et: seconds(),
    };
    const title = extra.title ?? (counter.options.sendTitle === false ? "" : document.title);
    const parts = Object.entries(info).map(([key, value]) => `${key}:${value}`);
    const query = new URLSearchParams({
      wmode: "7",
      "page-url": address,
      "page-ref": extra.referer ?? counter.options.referrer ?? document.referrer,
      charset: "utf-8",
      "browser-info": [...parts, `t:${title}`].join(":"),
      ...(extra.params && { "site-info": JSON.stringify(extra.params) }),
    });
    const url = new URL(`watch/${counter.id}/1?${query}`, base).href;
    if (beacon) navigator.sendBeacon(url);
    else post(url);
  };

  const here = (counter) => counter.options.url ?? location.href;

  const methods = {
    hit: (counter, address, options = {}) =>
      send(counter, new URL(address ?? "", location.href).href, { pv: 1 }, options),
    reachGoal: (counter, goal, params, callback) => {
      send(counter, `goal://${location.hostname}/${goal}`, { ar: 1 }, { params });
      if (typeof callback === "function") callback();
    },
    params: (counter, params) => send(counter, here(counter), { ar: 1, pa: 1 }, { params }),
    userParams: (counter, params) =>
      send(counter, here(counter), { ar: 1, pa: 1 }, { params: { __ymu: params } }),
    setUserID: (counter, id) =>
      send(counter, here(counter), { ar: 1 }, { params: { __ym: { user_id: id } } }),
    getClientID: (_counter, callback) => callback(visitor()),
    notBounce: (counter) => send(counter, here(counter), { ar: 1, nb: 1 }),
    extLink: (counter, address) => send(counter, address, { ar: 1, ln: 1 }),
    file: (counter, address) => send(counter, address, { ar: 1, dl: 1 }),
    destruct: (counter) => {
      clearInterval(counter.timer);
      removeEventListener("pagehide", counter.end);
      counters.delete(counter.id);
      delete window[`yaCounter${counter.id}`];
    },
  };

  const init = (id, options = {}) => {
    if (counters.has(id) || window[`disableYaCounter${id}`] === true) return;
    const counter = { id, options, hid: Math.trunc(Math.random() * 1e9) };
    counter.lsid = stored(`_ym${id}_lsid`, Math.trunc(Math.random() * 1e12));
    store(`_ym${id}_lsid`, counter.lsid);
    counters.set(id, counter);
    visitor();
    retry();
    if (!options.defer) send(counter, here(counter), { pv: 1 });
    counter.timer = setInterval(() => send(counter, here(counter), { ar: 1, nb: 1 }), 3000);
    counter.end = () => send(counter, here(counter), { ar: 1, en: 1 }, {}, true);
    addEventListener("pagehide", counter.end);
    window[`yaCounter${id}`] = Object.fromEntries(
      Object.entries(methods).map(([name, method]) => [
        name,
        (...rest) => method(counter, ...rest),
      ]),
    );
    if (options.triggerEvent) document.dispatchEvent(new Event(`yacounter${id}inited`));
  };

  const run = (id, method, ...rest) => {
    if (method === "init") return init(Number(id), rest[0]);
    const counter = counters.get(Number(id));
    return counter && methods[method]?.(counter, ...rest);
  };
  const queue = window.ym?.a ?? [];
  window.ym = (...call) => run(...call);
  for (const call of queue) run(...call);
})();
