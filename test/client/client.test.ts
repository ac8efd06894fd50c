/** `soglas/client` as a developer gets it: built, by the package's own exports, with its types. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterEach, expect, expectTypeOf, it, vi } from "vitest";
import { build, type Rollup } from "vite";
import * as client from "soglas/client";
import type { EventParams } from "../../widget/core/api/soglas.ts";

afterEach(() => vi.unstubAllGlobals());

const root = join(import.meta.dirname, "../..");

/** A page of which only what the client needs is there, without its tag. */
function emptyPage() {
  const document = Object.assign(new EventTarget(), {
    baseURI: "https://www.shop.example/",
    scripts: [] as (EventTarget & { src: string; remove(): void })[],
    createElement: () => Object.assign(new EventTarget(), { dataset: {}, remove: vi.fn() }),
    head: { append: (script: never) => document.scripts.push(script) },
  });
  const window: { soglas?: unknown } = {};
  vi.stubGlobal("window", window);
  vi.stubGlobal("document", document);
  return { document, window };
}

const api = (granted: string[]) => ({
  consent: () => ({ decided: true, granted }),
  has: (id: string) => granted.includes(id),
  open: vi.fn(),
  accept: vi.fn(async () => {}),
  refuse: vi.fn(async () => {}),
  withdraw: vi.fn(async () => {}),
  event: vi.fn(),
  token: () => "sealed",
});

it("on a server there is no page: nothing is granted, calls do nothing, nothing throws", () => {
  expect(client.consent()).toEqual({ decided: false, granted: [] });
  expect(client.has("analytics")).toBe(false);
  expect(client.token()).toBeNull();
  client.onConsent(() => expect.unreachable())();
  client.open();
  client.event("appointment");
  void client.loadSoglas({ src: "https://gateway.example/s/shop.js" });
});

it("calls wait for the tag, in their order, and listeners hear that it has come", async () => {
  const { document, window } = emptyPage();
  const heard: unknown[] = [];
  client.onConsent((consent) => heard.push(consent));
  const stop = client.onConsent(() => expect.unreachable());
  stop();
  client.event("first", { value: 1 });
  client.open();
  const accepted = client.accept();
  // Another script of the page, and the page's own queue of early calls, are not the tag.
  window.soglas = [];
  document.dispatchEvent(new Event("load"));
  await Promise.resolve();
  expect(heard).toEqual([]);

  const published = api(["necessary", "analytics"]);
  window.soglas = published;
  document.dispatchEvent(new Event("load"));
  await accepted;
  expect(published.event.mock.calls).toEqual([["first", { value: 1 }]]);
  expect(published.open).toHaveBeenCalledOnce();
  expect(heard).toEqual([{ decided: true, granted: ["necessary", "analytics"] }]);
  expect([client.has("analytics"), client.has("ads"), client.token()]).toEqual([
    true,
    false,
    "sealed",
  ]);
  document.dispatchEvent(new Event("soglas:consent"));
  expect(heard).toHaveLength(2);
});

it("the tag is put into the page once; after a failure it may be asked for again", async () => {
  const { document } = emptyPage();
  const options = { src: "/s/shop.js", nonce: "n0nce", language: "ru" };
  const both = [client.loadSoglas(options)];
  const [script] = document.scripts;
  expect(script).toMatchObject({ src: "/s/shop.js", nonce: "n0nce", dataset: { lang: "ru" } });
  Object.assign(script!, { src: "https://www.shop.example/s/shop.js" });
  both.push(client.loadSoglas(options));
  expect(document.scripts).toHaveLength(1);
  // As the inline element asks for it.
  Object.assign(script!, { src: "https://www.shop.example/s/shop/ru.js" });
  both.push(client.loadSoglas(options));
  expect(document.scripts).toHaveLength(1);
  script!.dispatchEvent(new Event("error"));
  for (const loading of both) await expect(loading).rejects.toThrow("could not be loaded");
  expect(script!.remove).toHaveBeenCalled();
});

it("a bundler keeps only what is used, and none of it is much", async () => {
  const sizeOf = async (code: string) => {
    const { output } = (await build({
      root,
      configFile: false,
      logLevel: "silent",
      build: { write: false, rolldownOptions: { input: "virtual:page", external: [] } },
      plugins: [
        {
          name: "page",
          resolveId: (id) => (id === "virtual:page" ? "\0page" : undefined),
          load: (id) => (id === "\0page" ? code : undefined),
        },
      ],
    })) as Rollup.RollupOutput;
    return brotliCompressSync(output[0].code).length;
  };
  const file = JSON.stringify(join(root, "dist/client/client.js"));
  const one = await sizeOf(`import { has } from ${file}; console.log(has("analytics"));`);
  const all = await sizeOf(`import * as all from ${file}; console.log({ ...all });`);
  expect(one).toBeLessThan(200);
  expect(all).toBeLessThan(800);
});

it("types are published, and those of the widget's own source", async () => {
  expectTypeOf(client.consent()).toEqualTypeOf<{ decided: boolean; granted: string[] }>();
  expectTypeOf(client.ready).returns.resolves.toEqualTypeOf<client.Soglas>();
  expectTypeOf<keyof client.Soglas>().toEqualTypeOf<
    | "ready"
    | "consent"
    | "has"
    | "on"
    | "open"
    | "accept"
    | "refuse"
    | "withdraw"
    | "event"
    | "token"
    | "push"
  >();
  expectTypeOf<["event", "visit", { value: 1 }]>().toExtend<client.EarlyCall>();
  expectTypeOf<["on", "consent", () => void]>().toExtend<client.EarlyCall>();
  expectTypeOf<["has", "analytics"]>().not.toExtend<client.EarlyCall>();
  expectTypeOf<["event", 5]>().not.toExtend<client.EarlyCall>();
  expectTypeOf<client.EventParams>().toEqualTypeOf<EventParams>();
  expectTypeOf<Window["soglas"]>().toEqualTypeOf<client.Soglas | client.EarlyCall[] | undefined>();
  for (const file of ["client.d.ts", "soglas.d.ts"])
    expect(await readFile(join(root, "dist/client", file), "utf8")).not.toMatch(/from "\.\./);
});
