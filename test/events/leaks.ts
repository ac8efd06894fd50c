/** A gateway as a process of its own, a visitor whose every identity is known, and all that they leave. */
import { spawn, type ChildProcess } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mmdb } from "../privacy/mmdb.ts";
import { identities } from "../privacy/identities.ts";
import { openVendor } from "./vendor-server.ts";

const root = join(import.meta.dirname, "../..");
export const origin = "https://www.clinic-eu.test";

/** Every header in which somebody tells who a visitor is. */
const identifyingHeaders: Record<string, string> = {
  "X-Forwarded-For": `${identities.ipv6}, ${identities.ipv4}`,
  Forwarded: `for="[${identities.ipv6}]";by=${identities.ipv4}`,
  "X-Real-IP": identities.ipv4,
  "X-Client-IP": identities.ipv4,
  "X-Cluster-Client-IP": identities.ipv4,
  "True-Client-IP": identities.ipv6,
  "CF-Connecting-IP": identities.ipv4,
  "CF-Connecting-IPv6": identities.ipv6,
  "CF-IPCountry": "RU",
  "Fastly-Client-IP": identities.ipv4,
  "X-Original-Forwarded-For": identities.ipv6Mapped,
  "User-Agent": identities.agent,
  "Sec-CH-UA": `"Planted/77";v="126"`,
  "Sec-CH-UA-Full-Version-List": `"Chromium";v="126.0.6478.127"`,
  "Sec-CH-UA-Platform-Version": '"15.0.0"',
  "Sec-CH-UA-Model": '"Planted/77"',
  "Accept-Language": "ru-RU,ru;q=0.9",
  Cookie: `_ga=${identities.visitorId}; _ym_uid=1482535147; email=${identities.email}`,
  Referer: `${origin}/eu?email=${identities.email}&gclid=${identities.clickId}`,
  Via: `1.1 ${identities.ipv4}`,
  "X-Request-Id": identities.email,
};

/** @param database of PostgreSQL; the embedded one when absent */
export async function openWorld(database: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), "soglas-leaks-"));
  const vendor = await openVendor();
  await writeSite(join(folder, "sites/clinic-eu"));
  const geo = join(folder, "countries.mmdb");
  const moscow = { country: { iso_code: "RU" }, subdivisions: [{ iso_code: "MOW" }] };
  await writeFile(geo, mmdb({ "203.0.113.0/24": moscow }));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  let printed = "";

  async function start(): Promise<void> {
    child = spawn(process.execPath, [join(root, "gateway/main.ts")], {
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      env: {
        PATH: process.env["PATH"],
        PORT: String(port),
        SOGLAS_DATA: join(folder, "data"),
        SOGLAS_HIGHWATER: join(folder, "marks"),
        SOGLAS_SITES: join(folder, "sites"),
        SOGLAS_TRUSTED_PROXIES: "127.0.0.0/8",
        SOGLAS_GEO_FILE: geo,
        SOGLAS_GEO_DETAIL: "region",
        SOGLAS_GEO_HEADER: "CF-IPCountry",
        SOGLAS_VENDORS: JSON.stringify({
          ga4: {
            collect: `${vendor.address}/g/collect`,
            measure: `${vendor.address}/mp/collect`,
            secrets: { "G-RODNIK01": "s", "G-RODNIK02": "s" },
          },
          metrika: {
            collect: `${vendor.address}/collect`,
            tokens: { "10000003": "t", "10000004": "t" },
          },
        }),
        ...database,
      },
    });
    for (const stream of [child.stdout!, child.stderr!])
      stream.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    const over = new Promise((_, reject) =>
      child!.once("exit", () => reject(new Error(`it did not start: ${printed}`))),
    );
    await Promise.race([new Promise((resolve) => child!.once("message", resolve)), over]);
  }

  async function end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    const ended = new Promise((resolve) => child!.once("close", resolve));
    child!.kill(signal);
    await ended;
  }

  await start();
  return {
    url,
    vendor,
    start,
    end,
    ownerKey: /soglas_[0-9a-f]{16}_[\w-]{43}/.exec(printed)![0],
    printed: () => Buffer.from(printed),
    /** As a page sends it, with all that a browser and every proxy on the way could add. */
    post: (path: string, body: unknown, headers: Record<string, string> = {}) =>
      fetch(url + path, {
        method: "POST",
        body: typeof body === "string" ? body : JSON.stringify(body),
        headers: {
          Origin: origin,
          "Content-Type": "text/plain",
          ...identifyingHeaders,
          ...headers,
        },
      }),
    /** Every byte below the folder: databases, write-ahead logs, marks, secrets. */
    async files(): Promise<Buffer> {
      const names = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = names.filter((entry) => entry.isFile() && !entry.parentPath.includes("sites"));
      const own = files.filter(({ name }) => name !== "countries.mmdb");
      return Buffer.concat(
        await Promise.all(own.map(({ parentPath, name }) => readFile(join(parentPath, name)))),
      );
    },
    /** Every request a vendor got: as it came, and with its escapes undone. */
    sent: () =>
      Buffer.from(
        vendor.received
          .flatMap(({ path, query, rawHeaders, body }) => [
            path,
            query.toString(),
            ...[...query].flat(),
            ...rawHeaders,
            body,
            ...[...new URLSearchParams(body)].flat(),
          ])
          .join("\n"),
      ),
    async close() {
      if (child?.exitCode === null && child.signalCode === null) await end("SIGKILL");
      await vendor.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;

/** The European clinic with every way in and both profiles: one service each. */
async function writeSite(folder: string): Promise<void> {
  await cp(join(root, "demo/sites/clinic-eu"), folder, { recursive: true });
  const path = join(folder, "site.json");
  const site = JSON.parse(await readFile(path, "utf8"));
  const service = (id: string) => site.services.find((each: { id: string }) => each.id === id);
  service("ga4").profile = "direct";
  service("ga4-clean").profile = "balanced";
  await writeFile(path, JSON.stringify(site));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** One that the site excludes, and one that it masks. */
const secretPages = ["/eu/diseases/planted-disease", "/eu/doctors/planted-doctor"];

/** Events with one identity planted wherever an event has a place for anything. */
export function planted(identity: string) {
  const escaped = encodeURIComponent(identity);
  const url = `${origin}/eu/services/${escaped}/x?utm_source=mail&utm_term=${escaped}&gclid=${identities.clickId}#${escaped}`;
  const params = {
    method: identity,
    level: Buffer.from(identity).toString("base64"),
    content_group: `x ${escaped}`,
    search_term: identity,
    user_id: identity,
    transaction_id: identity,
    value: 42,
  };
  const items = [{ item_id: identity, item_name: `x ${identity}`, item_brand: escaped, price: 7 }];
  const page = { age: 0, url, referrer: url, title: identity, params, items };
  return {
    page: [
      { name: "page_view", ...page },
      { name: "kept_goal", ...page, url: `${origin}/eu/contacts` },
      { name: "refused", ...page, extra: identity },
      ...secretPages.map((path) => ({ name: "page_view", ...page, url: origin + path })),
    ],
    /** Lines of a batch, which overlay the query. */
    tagLines: secretPages
      .map((path) => new URLSearchParams({ en: "page_view", dl: origin + path }).toString())
      .join("\n"),
    tag: (token: string) =>
      new URLSearchParams({
        v: "2",
        tid: "G-RODNIK01",
        cid: identities.visitorId,
        sid: "1482535147",
        uid: identity,
        _uip: identities.ipv4,
        en: "page_view",
        dl: `${origin}/eu/online/${escaped}?q=${escaped}`,
        dr: `https://search.test/?q=${escaped}`,
        dt: identity,
        ul: "ru-ru",
        sr: "1920x1081",
        uafvl: "Chromium;126.0.6478.127",
        uam: identity,
        "ep.method": identity,
        "ep.transaction_id": identity,
        "up.email": identities.email,
        ecid: identity,
        "ep.soglas_token": token,
      }).toString(),
    server: (id: string, token: string) =>
      [url, ...secretPages.map((path) => origin + path)].map((where, place) => ({
        id: `${id} ${place} ${identity}`.slice(0, 100),
        token,
        name: "purchase",
        url: where,
        params,
        items,
      })),
  };
}
