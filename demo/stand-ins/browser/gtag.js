/*
 * Stand-in of Google's gtag.js for the demo and the browser tests. It was written for this purpose and
 * does what the real one does as far as a consent tool can notice: reads window.dataLayer, keeps `_ga`
 * and `_ga_<id>` on the widest domain it may, sends hits by itself until the page ends and one more
 * while it ends, follows consent mode, and stops for `ga-disable-<id>`.
 */
(() => {
  const source = new URL(document.currentScript.src);
  const page = Math.trunc(Math.random() * 2 ** 31);
  const consent = { default: {}, update: {} };
  const shared = {};
  const streams = new Map();
  const ending = [];
  const waiting = [];
  let waitUntil = 0;

  const collectUrl = () => {
    if (source.hostname !== "www.googletagmanager.com") return new URL("../g/collect", source).href;
    const port = source.port ? `:${source.port}` : "";
    return `https://region1.google-analytics.com${port}/g/collect`;
  };

  /** The four v2 types in the order of `gcd`. */
  const types = ["ad_storage", "analytics_storage", "ad_user_data", "ad_personalization"];
  const state = (type) => consent.update[type] ?? consent.default[type];
  const digit = (type) => ({ granted: "1", denied: "0" })[state(type)] ?? "-";
  const letter = (type) => {
    const key = `${consent.default[type] ?? ""}>${consent.update[type] ?? ""}`;
    return (
      {
        "denied>": "p",
        "denied>denied": "q",
        "denied>granted": "r",
        "granted>": "t",
        "granted>denied": "u",
        "granted>granted": "v",
        ">denied": "m",
        ">granted": "n",
      }[key] ?? "l"
    );
  };
  const gcs = () => `G1${digit("ad_storage")}${digit("analytics_storage")}`;
  const gcd = () => `1${types.map((type, at) => `${[3, 3, 3, 2][at]}${letter(type)}`).join("")}5l1`;
  const mayStore = () => state("analytics_storage") !== "denied";

  const readCookie = (name) =>
    document.cookie
      .split("; ")
      .find((pair) => pair.startsWith(`${name}=`))
      ?.slice(name.length + 1);

  /** Tries the shortest domain first: `test` is refused, `clinic.test` is kept. */
  const writeCookie = (name, value) => {
    const labels = location.hostname.split(".");
    const rest = "; path=/; max-age=63072000; samesite=lax";
    for (let count = 1; count <= labels.length; count += 1) {
      document.cookie = `${name}=${value}; domain=${labels.slice(-count).join(".")}${rest}`;
      if (readCookie(name) === value) return;
    }
    document.cookie = `${name}=${value}${rest}`;
  };

  const clientId = (stream) => {
    const seconds = Math.trunc(Date.now() / 1000);
    if (!mayStore()) return (stream.cookieless ??= `${page}.${seconds}`);
    const kept = /^GA1\.\d+\.(\d+\.\d+)$/.exec(readCookie("_ga") ?? "");
    const id = kept ? kept[1] : `${Math.trunc(Math.random() * 2 ** 31)}.${seconds}`;
    const depth = Math.max(1, location.hostname.split(".").length - 1);
    writeCookie("_ga", `GA1.${depth}.${id}`);
    writeCookie(
      `_ga_${stream.id.replace(/^G-/, "")}`,
      `GS2.1.s${stream.session}$o1$g1$t${seconds}$j60$l0$h0`,
    );
    return id;
  };

  const send = (stream, name, parameters, beacon) => {
    if (window[`ga-disable-${stream.id}`] === true) return;
    stream.count += 1;
    const merged = { ...shared, ...stream.config, ...parameters };
    const query = new URLSearchParams({
      v: "2",
      tid: stream.id,
      gtm: "45je5",
      _p: String(page),
      gcs: gcs(),
      gcd: gcd(),
      npa: state("ad_personalization") === "denied" ? "1" : "0",
      cid: clientId(stream),
      ul: navigator.language.toLowerCase(),
      sr: `${screen.width}x${screen.height}`,
      _s: String(stream.count),
      sid: String(stream.session),
      sct: "1",
      seg: "1",
      dl: merged.page_location ?? location.href,
      dr: merged.page_referrer ?? document.referrer,
      dt: merged.page_title ?? document.title,
      en: name,
      _et: String(Math.round(performance.now())),
    });
    const own = { ...stream.config, ...parameters };
    for (const [key, value] of Object.entries(own))
      if (!/^(page_|send_|event_callback|transport|server_container)/.test(key))
        query.set(`${typeof value === "number" ? "epn" : "ep"}.${key}`, String(value));
    const server = stream.config.server_container_url;
    if (server && !beacon) return gather(stream, server, query);
    const url = `${server ? `${server}/g/collect` : collectUrl()}?${query}`;
    if (beacon) navigator.sendBeacon(url);
    else post(url);
  };

  const post = (url, body) =>
    fetch(url, { method: "POST", body, keepalive: true, credentials: "include" }).catch(() => {});

  /** Hits of one moment travel together: what they share in the query, the rest a line each. */
  const gather = (stream, server, query) => {
    const batch = (stream.batch ??= []);
    if (batch.push(query) > 1) return;
    queueMicrotask(() => {
      stream.batch = undefined;
      const [first, ...others] = batch;
      if (others.length === 0) return post(`${server}/g/collect?${first}`);
      const pairs = [...first].filter(([key, value]) =>
        batch.every((hit) => hit.get(key) === value),
      );
      const shared = new URLSearchParams(pairs);
      const lines = batch.map((hit) =>
        new URLSearchParams([...hit].filter(([key]) => !shared.has(key))).toString(),
      );
      post(`${server}/g/collect?${shared}`, lines.join("\r\n"));
    });
  };

  /** Hits wait for the consent update as long as `wait_for_update` says, no longer. */
  const emit = (...hit) => {
    if (Date.now() < waitUntil) waiting.push(hit);
    else send(...hit);
  };
  const release = () => {
    waitUntil = 0;
    for (const hit of waiting.splice(0)) send(...hit);
  };

  const configure = (id, config = {}) => {
    if (streams.has(id)) return;
    const stream = { id, config, session: Math.trunc(Date.now() / 1000), count: 0 };
    streams.set(id, stream);
    if (config.send_page_view !== false) emit(stream, "page_view", {});
    setInterval(() => emit(stream, "user_engagement", {}), 3000);
    ending.push(() => send(stream, "user_engagement", {}, true));
  };

  const commands = {
    js: () => {},
    config: configure,
    set: (first, second) =>
      Object.assign(shared, typeof first === "string" ? { [first]: second } : first),
    event: (name, parameters = {}) => {
      const to = [parameters.send_to ?? [...streams.keys()]].flat();
      for (const id of to) if (streams.has(id)) emit(streams.get(id), name, parameters);
    },
    consent: (kind, values = {}) => {
      if (values.region) return;
      Object.assign(consent[kind] ?? {}, values);
      if (kind === "default" && values.wait_for_update > 0) {
        waitUntil = Date.now() + values.wait_for_update;
        setTimeout(release, values.wait_for_update);
      }
      if (kind === "update") release();
    },
    get: (id, field, callback) => {
      const stream = streams.get(id);
      if (stream && field === "client_id") callback(clientId(stream));
    },
  };

  const run = (entry) => {
    if (Object.prototype.toString.call(entry) !== "[object Arguments]") return;
    const [name, ...rest] = entry;
    commands[name]?.(...rest);
  };
  const layer = (window.dataLayer ??= []);
  const push = layer.push;
  layer.push = (...entries) => {
    const length = push.apply(layer, entries);
    entries.forEach(run);
    return length;
  };
  [...layer].forEach(run);
  addEventListener("pagehide", () => {
    for (const end of ending) end();
  });
})();
