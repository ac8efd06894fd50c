/** The inline element's script, run as a page runs it, over the little of a page that it touches. */
import { createContext, runInContext } from "node:vm";
import { expect, test } from "vitest";
import { inlineElementOf } from "../../gateway/sites/inline-element.ts";
import { site as siteSchema, type Site } from "../../gateway/contract/site.ts";
import { shop } from "./installation.ts";

const site = siteSchema.parse(
  JSON.parse(new TextDecoder().decode((await shop()).get("site.json"))),
);

interface Page {
  cookie?: string;
  local?: Record<string, string> | "blocked";
  lang?: string;
  gpc?: boolean;
  dataset?: Record<string, string>;
  window?: Record<string, unknown>;
  change?: Partial<Site>;
  whole?: boolean;
}

/** @returns the scripts that it inserted */
function run({ cookie = "", local = {}, lang = "en", gpc, dataset = {}, ...more }: Page = {}) {
  const { element } = inlineElementOf(
    { ...site, ...more.change },
    "https://consent.example/s/shop",
    more.whole ?? true,
  );
  const inserted: { src: string; nonce: string; dataset: Record<string, string> }[] = [];
  const window = more.window ?? {};
  const context = {
    window,
    document: {
      cookie,
      documentElement: { lang },
      currentScript: { nonce: "R4nd0m", dataset },
      createElement: () => ({ dataset: {} }),
      head: { appendChild: (script: (typeof inserted)[0]) => void inserted.push(script) },
    },
    navigator: { language: "ru-RU", globalPrivacyControl: gpc },
  };
  Object.defineProperty(context, "localStorage", {
    get() {
      if (local === "blocked") throw new DOMException("blocked", "SecurityError");
      return local;
    },
  });
  createContext(context);
  const script = element.replace(/^<script>|<\/script>$/g, "");
  runInContext(script, context);
  return { inserted, window, again: () => runInContext(script, context) };
}

const asked = (page?: Page) =>
  run(page).inserted.map(({ src }) => src.slice("https://consent.example".length));

test("who has no choice gets tag and interface in the page's language, or else the browser's", () => {
  expect(asked()).toEqual(["/s/shop/en.js"]);
  expect(asked({ lang: "" })).toEqual(["/s/shop/ru-RU.js"]);
  expect(asked({ dataset: { lang: "pt-BR" } })).toEqual(["/s/shop/pt-BR.js"]);
  expect(asked({ cookie: "other_soglas=1; soglas2=1" })).toEqual(["/s/shop/en.js"]);
  expect(asked({ local: "blocked" })).toEqual(["/s/shop/en.js"]);
});

test("a choice, a browser that says no, files, and what is no language get the tag", () => {
  for (const page of [
    { cookie: "a=1; soglas=1.x" },
    { local: { "soglas.shop.choice": "{}" } },
    { gpc: true },
    { whole: false },
    { lang: "<script>" },
    { lang: "../../v1" },
    { lang: "x".repeat(36) },
  ])
    expect([page, asked(page)]).toEqual([page, ["/s/shop.js"]]);
});

test("where nobody is asked on arrival, or only the gateway knows who is, it is the tag", () => {
  const us: Page["change"] = { jurisdiction: "us" };
  expect(asked({ change: us })).toEqual(["/s/shop.js"]);
  const both: Page["change"] = { jurisdiction: "us", jurisdictions: { eu: [] } };
  expect(asked({ change: both })).toEqual(["/s/shop.js"]);
  expect(asked({ change: both, dataset: { jurisdiction: "eu" } })).toEqual(["/s/shop/en.js"]);
  const region: Page["change"] = { jurisdiction: "eu", jurisdictions: { us: ["US"] } };
  expect(asked({ change: region })).toEqual(["/s/shop.js"]);
});

test("what it inserts carries nonce and attributes; twice, or after the tag, it does nothing", () => {
  const { inserted, again } = run({ dataset: { lang: "ru", jurisdiction: "eu" } });
  again();
  expect(inserted).toMatchObject([
    {
      nonce: "R4nd0m",
      dataset: { lang: "ru", jurisdiction: "eu" },
      referrerPolicy: "strict-origin",
    },
  ]);
  expect(asked({ window: { soglas: { refuse() {} } } })).toEqual([]);
});

test("early calls wait in order, those of before included; an element of that name is no queue", () => {
  const early = ["on", "consent"];
  const { window } = run({ window: { soglas: [early] } });
  const queue = window["soglas"] as unknown[] & Record<string, (...of: unknown[]) => void>;
  queue["event"]!("seen", { n: 1 });
  expect([...queue]).toEqual([early, ["event", "seen", { n: 1 }]]);
  expect(run({ window: { soglas: { id: "soglas" } } }).inserted).toHaveLength(1);
});
