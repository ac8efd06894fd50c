import { createHash } from "node:crypto";
import { Hono } from "hono";
import { expect, test } from "vitest";
import { documentRoutes } from "../../gateway/routes/documents.ts";
import { errorResponse, HttpError, type HttpEnv } from "../../gateway/routes/http.ts";
import { bytes, installation, shop } from "../sites/installation.ts";

const day = 86_400_000;

async function gateway() {
  const { sites, clock, storage } = await installation();
  const published = await sites.publish(await shop());
  const app = new Hono<HttpEnv>().route("/", documentRoutes({ sites }));
  app.onError((error, c) => {
    if (error instanceof HttpError) return errorResponse(c, error);
    throw error;
  });
  const get = (path: string, headers: Record<string, string> = {}) =>
    app.request(path, { headers });
  return { get, sites, clock, storage, published };
}

test("a document is a page in the visitor's language, with version, date and languages", async () => {
  const { get, published } = await gateway();
  const answer = await get(`/p/shop/policy/${published.version}?lang=ru`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toMatch(/^text\/html; charset=utf-8$/i);
  expect(answer.headers.get("content-language")).toBe("ru");
  const page = await answer.text();
  expect(page).toContain('<html lang="ru" dir="ltr">');
  expect(page).toContain('<h2 id="1-что-мы-собираем">1. Что мы собираем?</h2>');
  expect(page).toContain("<strong>заказы</strong>");
  expect(page).toContain("Действует с 1 июня 2026");
  expect(page).toContain(published.version);
  expect(page).toMatch(/href="\?lang=en" lang="en" hreflang="en"/);
  expect(page).not.toContain("noindex");
});

test("the language is the asked one, else the browser's, else the first", async () => {
  const { get } = await gateway();
  const language = async (path: string, header?: string) =>
    (await get(path, header === undefined ? {} : { "Accept-Language": header })).headers.get(
      "content-language",
    );
  expect(await language("/p/shop/consent/latest?lang=en", "ru")).toBe("en");
  expect(await language("/p/shop/consent/latest", "de, ru-RU;q=0.8, en;q=0.5")).toBe("ru");
  expect(await language("/p/shop/consent/latest", "ru;q=0, fr")).toBe("en");
  expect(await language("/p/shop/consent/latest?lang=xx", "ru")).toBe("ru");
  expect(await language("/p/shop/consent/latest")).toBe("en");
});

test("nothing runs and nothing is loaded: the style sheet is allowed by its hash alone", async () => {
  const { get } = await gateway();
  const answer = await get("/p/shop/policy/latest");
  const page = await answer.text();
  const policy = answer.headers.get("content-security-policy")!;
  const style = /<style>([^]*)<\/style>/.exec(page)![1]!;
  const digest = createHash("sha256").update(style).digest("base64");
  expect(policy.split("; ")).toEqual([
    "default-src 'none'",
    `style-src 'sha256-${digest}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]);
  expect(page).not.toMatch(/<script|\sstyle=|\ssrc=|<link/);
});

test("what the text says cannot become markup", async () => {
  const { get, sites } = await gateway();
  const hostile = [
    '# Policy <img src=x onerror="alert(1)">',
    "<script>alert(1)</script>",
    "[a](javascript:alert(1)) [b](data:text/html,x) [c](//evil.example) ![d](https://evil.example/pixel)",
    await policyOf(shop()),
  ].join("\n\n");
  await sites.publish((await shop()).set("policy/en.md", bytes(hostile)));
  const page = await (await get("/p/shop/policy/latest?lang=en")).text();
  expect(page).not.toMatch(/<script|<img|href="(?:javascript|data|\/\/)/);
  expect(page).toContain("&lt;script&gt;");
});

test("a superseded text says so, leads to the one in force, and is not for search engines", async () => {
  const { get, sites, published } = await gateway();
  const next = (await shop()).set("policy/en.md", bytes(`${await policyOf(shop())}\nMore.\n`));
  await sites.publish(next);
  const old = await get(`/p/shop/policy/${published.version}?lang=en`);
  expect(old.headers.get("x-robots-tag")).toBe("noindex");
  const page = await old.text();
  expect(page).toContain("No longer in force");
  expect(page).toContain('href="latest?lang=en"');
  expect(page).not.toContain("More.");
  expect(await (await get("/p/shop/policy/latest?lang=en")).text()).toContain("More.");
  // The consent document did not change: it is still the one in force.
  const consent = await get(`/p/shop/consent/${published.version}?lang=en`);
  expect(await consent.text()).toContain("In force since");
});

test("an announced text can be read before it counts", async () => {
  const { get, sites, clock } = await gateway();
  const next = (await shop()).set("policy/en.md", bytes(`${await policyOf(shop())}\nMore.\n`));
  const { version } = await sites.publish(next, { effectiveAt: clock.now() + 30 * day });
  const page = await (await get(`/p/shop/policy/${version}?lang=en`)).text();
  expect(page).toContain("Announced: this text takes effect on July 1, 2026");
  expect(await (await get("/p/shop/policy/latest?lang=en")).text()).not.toContain("More.");
  clock.time += 31 * day;
  expect(await (await get(`/p/shop/policy/${version}?lang=en`)).text()).toContain(
    "In force since July 1, 2026",
  );
});

test("the alias is kept for a shorter time than a version, and both are revalidated", async () => {
  const { get, published } = await gateway();
  const age = async (version: string) => {
    const { headers } = await get(`/p/shop/policy/${version}?lang=en`);
    return Number(/max-age=(\d+)/.exec(headers.get("cache-control")!)![1]);
  };
  expect(await age("latest")).toBeLessThan(await age(published.version));
  const tag = (await get("/p/shop/policy/latest?lang=en")).headers.get("etag")!;
  const again = await get("/p/shop/policy/latest?lang=en", { "If-None-Match": tag });
  expect(again.status).toBe(304);
  expect((await get("/p/shop/policy/latest?lang=ru", { "If-None-Match": tag })).status).toBe(200);
});

test("a page that was shown lately asks the database for nothing", async () => {
  const { get, storage, published } = await gateway();
  const paths = ["latest", published.version].map((version) => `/p/shop/policy/${version}?lang=ru`);
  for (const path of paths) expect((await get(path)).status).toBe(200);
  await storage.close();
  for (const path of paths) expect((await get(path)).headers.get("content-language")).toBe("ru");
});

test("what was never published is not there", async () => {
  const { get, published } = await gateway();
  for (const path of [
    "/p/nowhere/policy/latest",
    `/p/nowhere/policy/${published.version}`,
    `/p/shop/policy/${published.config}`,
    "/p/shop/policy/newest",
    "/p/shop/summary/latest",
    "/p/__proto__/policy/latest",
  ])
    expect((await get(path)).status).toBe(404);
});

const policyOf = async (files: ReturnType<typeof shop>) =>
  new TextDecoder().decode((await files).get("policy/en.md"));
