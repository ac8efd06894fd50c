import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import type { HttpEnv } from "../../gateway/routes/http.ts";
import { scriptRoutes } from "../../gateway/routes/scripts.ts";
import { installation, shop, shopWith } from "../sites/installation.ts";

async function gateway() {
  const { sites, clock } = await installation();
  const published = await sites.publish(await shop());
  const app = new Hono<HttpEnv>().route("/", scriptRoutes({ sites }));
  const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
    app.request(path, { headers, method });
  return { get, sites, clock, published };
}

describe("GET /s/{site}.js", () => {
  test("is a script that any page may load, at most fifteen minutes old while the gateway answers", async () => {
    const { get } = await gateway();
    const answer = await get("/s/shop.js");
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "text/javascript; charset=utf-8",
      "cross-origin-resource-policy": "cross-origin",
      "timing-allow-origin": "*",
      vary: "Accept-Encoding",
    });
    expect(answer.headers.get("cache-control")).toBe(
      "public, max-age=300, stale-while-revalidate=600, stale-if-error=604800",
    );
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect(await answer.text()).toContain("SOGLAS_CONFIG");
  });

  test("an unknown site gets a one-line comment, never a page", async () => {
    const { get } = await gateway();
    for (const path of ["/s/nowhere.js", "/s/shop", "/s/SHOP.js", "/s/%3Cscript%3E.js", "/s/.js"]) {
      const answer = await get(path);
      expect(answer.status).toBe(404);
      expect(answer.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
      expect(answer.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
      expect(await answer.text()).toMatch(/^\/\/ [^\n<]+\n$/);
    }
  });

  test("what the browser has is not sent again, until something is published", async () => {
    const { get, sites } = await gateway();
    const tag = (await get("/s/shop.js")).headers.get("etag")!;
    expect(tag).toMatch(/^"[\w-]+"$/);
    for (const header of [tag, `W/${tag}`, `"other", ${tag}`, "*"]) {
      const answer = await get("/s/shop.js", { "If-None-Match": header });
      expect(answer.status).toBe(304);
      expect(await answer.text()).toBe("");
      expect(answer.headers.get("etag")).toBe(tag);
      expect(answer.headers.get("cache-control")).toContain("max-age=300");
    }
    await sites.publish(await shopWith((site) => (site.banner = { placement: "bar" })));
    expect((await get("/s/shop.js", { "If-None-Match": tag })).status).toBe(200);
  });

  test("HEAD says the same without a body", async () => {
    const { get } = await gateway();
    const whole = await get("/s/shop.js", { "Accept-Encoding": "br" });
    const head = await get("/s/shop.js", { "Accept-Encoding": "br" }, "HEAD");
    expect(head.status).toBe(200);
    expect(await head.text()).toBe("");
    expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(whole.headers));
  });

  test("the coding is negotiated, refusals (q=0) included", async () => {
    const { get } = await gateway();
    const plain = Buffer.from(await (await get("/s/shop.js")).arrayBuffer());
    const cases: [accepted: string | undefined, coding: string | null][] = [
      [undefined, null],
      ["", null],
      ["gzip, deflate, br, zstd", "br"],
      ["gzip", "gzip"],
      ["x-gzip", "gzip"],
      ["br;q=0, gzip", "gzip"],
      ["br;q=0.2, gzip;q=0.9", "gzip"],
      ["*", "br"],
      ["br;q=0, *", "gzip"],
      ["gzip;q=0, br;q=0", null],
      ["identity, br;q=0.5", null],
      ["*;q=0", null],
      ["deflate", null],
      ["BR", "br"],
    ];
    for (const [accepted, coding] of cases) {
      const headers = accepted === undefined ? undefined : { "Accept-Encoding": accepted };
      const answer = await get("/s/shop.js", headers);
      expect([accepted, answer.headers.get("content-encoding")]).toEqual([accepted, coding]);
      const body = Buffer.from(await answer.arrayBuffer());
      expect(answer.headers.get("content-length")).toBe(String(body.length));
      const decoded =
        coding === "br" ? brotliDecompressSync(body) : coding === "gzip" ? gunzipSync(body) : body;
      expect(decoded.equals(plain)).toBe(true);
    }
  });

  test("each coding has an entity tag of its own", async () => {
    const { get } = await gateway();
    const tags = await Promise.all(
      ["identity", "gzip", "br"].map(async (coding) =>
        (await get("/s/shop.js", { "Accept-Encoding": coding })).headers.get("etag"),
      ),
    );
    expect(new Set(tags).size).toBe(3);
    const other = await get("/s/shop.js", { "Accept-Encoding": "br", "If-None-Match": tags[1]! });
    expect(other.status).toBe(200);
  });
});

describe("GET /s/{site}/{language}.js", () => {
  test("is tag and interface in the language of the site that the page's comes to, and cached as the tag is", async () => {
    const { get, published } = await gateway();
    const answer = await get("/s/shop/ru-RU.js");
    expect(answer.status).toBe(200);
    const { etag, ...headers } = Object.fromEntries(answer.headers);
    const tag = Object.fromEntries((await get("/s/shop.js")).headers);
    expect(headers).toEqual({
      ...tag,
      etag: undefined,
      "content-length": headers["content-length"],
    });
    const script = await answer.text();
    for (const part of ["globalThis.shown", "globalThis.soglas", "Статистика", published.config])
      expect(script).toContain(part);
    expect(script).toContain('"languages":["ru"]');
    expect(script).not.toContain("Statistics");
    expect((await get("/s/shop/ru.js", { "If-None-Match": etag! })).status).toBe(304);
    expect(await (await get("/s/shop/RU.js")).text()).toBe(script);
  });

  test("another language, and what is none, get the tag, which looks further", async () => {
    const { get } = await gateway();
    const tag = await (await get("/s/shop.js")).text();
    for (const wanted of ["de", "", "en_US", "%3Cscript%3E", "%F0%9F%92%A1", "e".repeat(4000)]) {
      const answer = await get(`/s/shop/${wanted}.js`);
      expect([wanted, answer.status]).toEqual([wanted, 200]);
      expect(await answer.text()).toBe(tag);
    }
    for (const path of ["/s/nowhere/en.js", "/s/shop/en", "/s/SHOP/en.js"])
      expect((await get(path)).status).toBe(404);
  });
});

describe("GET /w/{site}/{config}/{language}.js", () => {
  test("never changes, so browsers keep it", async () => {
    const { get, published } = await gateway();
    const answer = await get(`/w/shop/${published.config}/ru.js`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(answer.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    expect(await answer.text()).toContain("Статистика");
  });

  test("is there for superseded configurations too", async () => {
    const { get, sites, published } = await gateway();
    await sites.publish(await shopWith((site) => (site.banner = { placement: "bar" })));
    expect((await get(`/w/shop/${published.config}/en.js`)).status).toBe(200);
    const recorder = await get(`/w/shop/${published.config}/ru/record.js`);
    expect(recorder.status).toBe(200);
    expect(await recorder.text()).toContain("Мой выбор");
    const gate = await get(`/w/shop/${published.config}/ru/gate.js`);
    expect(gate.status).toBe(200);
    expect(await gate.text()).toContain("data-consent");
  });

  test("nothing else is there", async () => {
    const { get, published } = await gateway();
    for (const path of [
      `/w/shop/${published.config}/de.js`,
      `/w/shop/${published.config}/de/record.js`,
      `/w/other/${published.config}/ru/record.js`,
      `/w/shop/${published.config}/de/gate.js`,
      `/w/other/${published.config}/ru/gate.js`,
      `/w/shop/${published.config}/ru`,
      `/w/other/${published.config}/ru.js`,
      `/w/shop/${published.version}/ru.js`,
      "/w/shop/latest/ru.js",
    ]) {
      const answer = await get(path);
      expect(answer.status).toBe(404);
      expect(answer.headers.get("cache-control")).not.toContain("immutable");
      expect(await answer.text()).toMatch(/^\/\/ [^\n<]+\n$/);
    }
  });
});
