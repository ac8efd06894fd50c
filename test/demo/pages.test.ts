/** The clinic's pages: one tag, nothing of a vendor before consent, both languages. */
import { describe, expect, it } from "vitest";
import { createDemo } from "../../demo/server.ts";

const gatewayUrl = "https://gateway.other.test:9000/consent";
const demo = createDemo({ gatewayUrl });
const get = async (path: string) =>
  (await demo.fetch(new Request(`http://demo.test${path}`))).text();

const paths = [
  "/",
  "/services",
  "/services/checkup",
  "/doctors",
  "/doctors/orlova",
  "/diseases",
  "/diseases/anxiety",
  "/online",
  "/contacts",
  "/policy",
  "/consent",
];
const sites = [
  { site: "clinic", prefix: "", own: "ru", other: "en" },
  { site: "clinic-eu", prefix: "/eu", own: "en", other: "ru" },
];
const pages = sites.flatMap(({ site, prefix, own, other }) =>
  paths.map((path) => ({
    site,
    own,
    other,
    path: path === "/" ? prefix || "/" : prefix + path,
  })),
);

/** Everything the browser would fetch by itself while it parses the page. */
const fetched = (page: string) =>
  [...page.matchAll(/<(script|img|iframe|link)\b[^>]*?\s(?:src|href)="([^"]*)"[^>]*>/g)]
    .filter(([tag]) => !tag.includes('type="text/plain"'))
    .map(([, , address]) => address!);

describe.each(pages)("$path", ({ site, path, own, other }) => {
  it("carries the tag exactly once, and fetches nothing else from another host", async () => {
    const page = await get(path);
    const tag = `<script async src="${gatewayUrl}/s/${site}.js"></script>`;
    expect(page.split(tag)).toHaveLength(2);
    const addresses = fetched(page);
    expect(addresses.filter((address) => !address.startsWith("/assets/"))).toEqual([
      `${gatewayUrl}/s/${site}.js`,
    ]);
    for (const address of addresses.filter((each) => each.startsWith("/assets/")))
      expect((await demo.fetch(new Request(`http://demo.test${address}`))).status).toBe(200);
  });

  it("holds no vendor's script, no cookie, and a way to reopen the choices", async () => {
    const response = await demo.fetch(new Request(`http://demo.test${path}`));
    expect(response.status).toBe(200);
    expect(response.headers.get("set-cookie")).toBeNull();
    const page = await response.text();
    expect(page.replace(/<article class="document">[\s\S]*<\/article>/, "")).not.toMatch(
      /googletagmanager|google-analytics|mc\.yandex|stand-in\/(ga|metrika)|tag\.js|gtag\/js/,
    );
    expect(page).toContain("data-soglas-open");
  });

  it("speaks both languages, and its links keep the one in use", async () => {
    expect(await get(path)).toContain(`<html lang="${own}">`);
    const page = await get(`${path}?lang=${other}`);
    expect(page).toContain(`<html lang="${other}">`);
    const prefix = site === "clinic" ? "" : "/eu";
    expect(page).toContain(`href="${prefix}/online?lang=${other}"`);
  });
});

describe("marked elements", () => {
  it("wait: a script as text, a frame without an address, markup in a template", async () => {
    const page = await get("/contacts");
    expect(page).toMatch(
      /<script type="text\/plain" data-consent="media" src="\/assets\/tour\.js">/,
    );
    expect(page).toMatch(/<template data-consent="media">/);
    const frame = /<iframe[^>]*>/.exec(page)?.[0];
    expect(frame).toMatch(/data-consent="media"/);
    expect(frame).toMatch(/data-src="\/stand-in\/map\?lang=ru"/);
    expect(frame).not.toMatch(/\ssrc=/);
  });
});

describe("addresses nobody has", () => {
  it.each([
    "/doctors/nobody",
    "/eu/services/none",
    "/assets/none.css",
    "/assets/..%2Fpages.ts",
    "/fr",
  ])("%s is not found", async (path) => {
    expect((await demo.fetch(new Request(`http://demo.test${path}`))).status).toBe(404);
  });

  it("never carries the requested language into the page", async () => {
    expect(await get("/?lang=%22%3E%3Cscript%3E")).not.toContain('"><script>');
  });
});

describe("/what-left", () => {
  it("lists what reached the stand-ins and forgets it on request", async () => {
    const { fetch } = createDemo({ gatewayUrl, now: () => 0 });
    const hits = async () =>
      (await (await fetch(new Request("http://demo.test/what-left/hits"))).json()) as {
        hits: { time: string; method: string; events: Record<string, string>[] }[];
      };
    await fetch(
      new Request("http://demo.test/stand-in/metrika/collect", {
        method: "POST",
        body: new URLSearchParams({ tid: "1", cid: "2", t: "event", ea: "<b>goal</b>" }),
      }),
    );
    const [hit] = (await hits()).hits;
    expect(hit).toMatchObject({ method: "POST", time: "1970-01-01T00:00:00.000Z" });
    expect(hit?.events[0]?.["ea"]).toBe("<b>goal</b>");
    await fetch(new Request("http://demo.test/what-left/hits", { method: "DELETE" }));
    expect((await hits()).hits).toEqual([]);
  });

  it("is a page without a tag of its own", async () => {
    expect(await get("/what-left")).not.toContain(gatewayUrl);
  });
});
