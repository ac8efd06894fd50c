/** Page code that was written for vendors' own tags, in gateway mode. */
import { beforeEach, expect, test, vi } from "vitest";
import type { TagConfig } from "../../../../gateway/contract/widget.ts";
import { config } from "../../config.ts";

type Said = [name: string, params: Record<string, unknown>, to: string[]];

const gateway = (id: string, vendor: string, calls?: string | number) =>
  ({ id, vendor, mode: "gateway", ...(calls && { calls }) }) as const;

const services: TagConfig["services"] = [
  gateway("ga4-clean", "ga4", "G-ONE1"),
  gateway("ga4-other", "ga4", "G-TWO2"),
  gateway("ga4-quiet", "ga4"),
  gateway("metrika-clean", "metrika", 1001),
  { id: "ga4", vendor: "ga4", mode: "tag", src: "", measurementId: "G-TAG3" },
];

let said: Said[];
let running: Set<string>;
let update: () => void;

/** The page's own snippets, as vendors give them out. */
function gtag(..._command: unknown[]) {
  // Vendors' stubs push the Arguments object itself.
  (window.dataLayer ??= []).push(arguments);
}

beforeEach(async () => {
  said = [];
  running = new Set(["ga4-clean", "ga4-other", "metrika-clean"]);
  for (const name of ["dataLayer", "gtag", "ym"] as const) delete window[name];
  vi.resetModules();
  vi.stubGlobal("SOGLAS_PARTS", {
    tracker: () => ({
      event: (name: string, params: Record<string, unknown>, _page: undefined, to: string[]) =>
        said.push([name, params, to]),
      update: () => said.push(["page_view", {}, []]),
    }),
  });
  await import("../../../../widget/core/events/calls.ts");
  const host = { runs: (id: string) => running.has(id) };
  ({ update } = SOGLAS_PARTS.tracker!({ ...config, services }, host as never));
});

const names = () => said.map(([name]) => name);
const left = () => window.dataLayer!.map((entry) => Array.from(entry as ArrayLike<unknown>));

test("calls before the tag come behind the page view, in their order, and are taken once", () => {
  gtag("js", new Date());
  gtag("config", "G-ONE1");
  gtag("event", "first", { value: 1 });
  window.dataLayer!.push({ event: "second", plan: "gold" });
  gtag("event", "third");
  update();
  gtag("event", "fourth");
  update();
  expect(names()).toEqual(["page_view", "first", "second", "third", "fourth", "page_view"]);
  expect(said[1]).toEqual([
    "first",
    expect.objectContaining({ value: 1 }),
    ["ga4-clean", "ga4-other"],
  ]);
  expect(said[2]![1]).toMatchObject({ plan: "gold", event: null });
  expect(left().map(([command]) => command)).toEqual(["js", "config"]);
});

test("without a grant nothing is made of a call, then or later", () => {
  running.clear();
  gtag("event", "early");
  update();
  gtag("event", "late");
  window.ym!(1001, "reachGoal", "goal" as never);
  running.add("ga4-clean").add("metrika-clean");
  update();
  gtag("event", "after");
  expect(names()).toEqual(["page_view", "page_view", "after"]);
});

test("a call goes to the account it names, and to nobody when it names another", () => {
  update();
  gtag("event", "one", { send_to: "G-TWO2" });
  gtag("event", "two", { send_to: ["G-ONE1", "AW-1"] });
  gtag("event", "three", { send_to: "G-ELSE" });
  expect(said.slice(1).map(([name, , to]) => [name, to])).toEqual([
    ["one", ["ga4-other"]],
    ["two", ["ga4-clean"]],
  ]);
});

test("what a vendor's own tag on this page has to hear is left for it; nothing else is", () => {
  update();
  gtag("event", "alone");
  running.add("ga4");
  gtag("event", "both");
  expect(names().slice(1)).toEqual(["alone", "both"]);
  expect(left().map(([, name]) => name)).toEqual(["both"]);
});

test("GA4's e-commerce reaches Metrika too, which reads it in the same place", () => {
  const ecommerce = { currency: "RUB", value: 10, items: [{ item_id: "a" }] };
  update();
  gtag("event", "purchase", { ...ecommerce, transaction_id: "T1" });
  window.dataLayer!.push({ event: "add_to_cart", ecommerce });
  expect(said.slice(1)).toEqual([
    [
      "purchase",
      expect.objectContaining({ ...ecommerce, transaction_id: "T1" }),
      ["ga4-clean", "ga4-other", "metrika-clean"],
    ],
    [
      "add_to_cart",
      expect.objectContaining(ecommerce),
      ["ga4-clean", "ga4-other", "metrika-clean"],
    ],
  ]);
});

test("Metrika's older e-commerce becomes the events it means, for Metrika alone", () => {
  update();
  window.dataLayer!.push({
    ecommerce: {
      currencyCode: "RUB",
      purchase: {
        actionField: { id: "T2", revenue: 4200 },
        products: [{ id: "a", name: "Check-up", price: 2100, quantity: 2 }],
      },
    },
  });
  window.dataLayer!.push({ ecommerce: { impressions: [], odd: 1 } }, null, "text", 7);
  expect(said.slice(1)).toEqual([
    [
      "purchase",
      {
        currency: "RUB",
        value: 4200,
        transaction_id: "T2",
        items: [{ item_id: "a", item_name: "Check-up", price: 2100, quantity: 2 }],
      },
      ["metrika-clean"],
    ],
  ]);
});

test("a page whose e-commerce is broken goes on", () => {
  update();
  const push = (ecommerce: unknown) => window.dataLayer!.push({ ecommerce } as never);
  for (const ecommerce of [null, { purchase: null }, { add: { products: [null, "check-up"] } }])
    expect(() => push(ecommerce)).not.toThrow();
  expect(names()).toEqual(["page_view", "add_to_cart"]);
});

test("page views of the page's own and a tag manager's events are not events", () => {
  update();
  gtag("event", "page_view");
  window.dataLayer!.push({ event: "gtm.js" }, { event: "gtm.click" }, { event: 5 });
  expect(names()).toEqual(["page_view"]);
});

test("a page that waits for its callback goes on", async () => {
  update();
  const [first, second] = [vi.fn(), vi.fn()];
  gtag("event", "leave", { event_callback: first });
  window.ym!(1001, "reachGoal", ...(["leave", {}, second] as never[]));
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 1]);
});

test("a page that asks for an id, which there is none of, goes on too; others' ids are left to others", async () => {
  update();
  const asked = vi.fn();
  window.ym!(1001, "getClientID", ...([asked] as never[]));
  window.ym!(1001, "hit", ...(["/x", { callback: asked }] as never[]));
  window.ym!(1001, "notBounce", ...([{ callback: asked }] as never[]));
  gtag("get", "G-ONE1", "client_id", asked);
  gtag("get", "G-TAG3", "client_id", () => expect.unreachable());
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(asked.mock.calls).toEqual([[], [], [], []]);
  expect(left().map(([command, account]) => [command, account])).toEqual([["get", "G-TAG3"]]);
});

test("goals of a counter in gateway mode are taken, early ones too; other counters keep theirs", () => {
  type Call = (...call: unknown[]) => void;
  const stub: Call & { a?: unknown[] } = (...call) => (stub.a ??= []).push(call);
  window.ym = stub as never;
  stub(1001, "init", {});
  stub(1001, "reachGoal", "early", { order_price: 5, currency: "RUB" });
  stub(2002, "reachGoal", "theirs");
  update();
  const ym = window.ym as unknown as Call & { a?: unknown[] };
  ym("1001", "reachGoal", "late");
  ym(1001, "hit", "/x");
  expect(said.slice(1)).toEqual([
    ["early", expect.objectContaining({ value: 5, currency: "RUB" }), ["metrika-clean"]],
    ["late", expect.anything(), ["metrika-clean"]],
  ]);
  expect(ym.a).toEqual([[2002, "reachGoal", "theirs"]]);

  // Metrika's own script arrives: it takes the queue, and the place.
  const real = vi.fn();
  window.ym = real as never;
  (window.ym as unknown as Call)(2002, "reachGoal", "direct");
  (window.ym as unknown as Call)(1001, "reachGoal", "ours");
  expect(real.mock.calls).toEqual([[2002, "reachGoal", "direct"]]);
  expect(names().at(-1)).toBe("ours");
});
