import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { eventBatch, pageEvent } from "../../../../gateway/contract/events.ts";
import { openPages } from "../../../../widget/core/rules/pages.ts";
import type { Tracker } from "../../../../widget/core/parts.ts";
import type { EventParams } from "../../../../widget/core/api/soglas.ts";
import { openStore } from "../../../../widget/core/store.ts";
import { config } from "../../config.ts";

const { happyDOM } = window as unknown as { happyDOM: { setURL(url: string): void } };

interface Sent {
  path: string;
  body: Record<string, unknown> & { events: { name: string; age: number; url: string }[] };
}

let sent: Sent[];
let answers: Response[];
let granted: boolean;
let excluded: boolean;
let balanced: boolean;
let counter: number;
let tracker: Tracker;
const listeners: [type: string, listener: EventListener][] = [];
const store = openStore("clinic-eu");

const accepted = () => Response.json({ accepted: 1, refused: {} });
const expired = () => Response.json({ accepted: 0, refused: { expired_token: 1 } });
const settle = () => new Promise((resolve) => setImmediate(resolve));
const names = () => sent.map(({ body }) => body.events?.map(({ name }) => name));

const hide = (hidden: boolean) => {
  vi.spyOn(document, "hidden", "get").mockReturnValue(hidden);
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
};

beforeEach(async () => {
  sent = [];
  answers = [];
  granted = true;
  excluded = false;
  balanced = false;
  counter = 1;
  localStorage.clear();
  happyDOM.setURL("https://www.clinic.test/price?utm_source=a#top");
  document.title = "Prices";
  vi.stubGlobal("SOGLAS_PARTS", {});
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const base = "https://gateway.other.test/v1/sites/clinic-eu/";
    expect(url.startsWith(base)).toBe(true);
    expect(init).toMatchObject({ method: "POST", credentials: "omit", keepalive: true });
    sent.push({ path: url.slice(base.length), body: JSON.parse(String(init.body)) });
    return answers.shift() ?? accepted();
  });
  const add = window.addEventListener;
  vi.spyOn(window, "addEventListener").mockImplementation(
    (type: string, listener: unknown, options?: unknown) => {
      listeners.push([type, listener as EventListener]);
      add.call(window, type, listener as EventListener, options as boolean);
    },
  );
  vi.resetModules();
  await import("../../../../widget/core/events/tracker.ts");
  const services = config.services.map((service) =>
    service.mode === "gateway"
      ? Object.defineProperty({ ...service }, "query", {
          get: () => (balanced ? "[?&](utm_source|utm_medium|utm_term)=[^&]+" : undefined),
        })
      : service,
  );
  tracker = SOGLAS_PARTS.tracker!(
    { ...config, services },
    {
      pages: openPages(config),
      store,
      json: JSON.stringify,
      saved: () => ({
        secret: "AbCdEfGhIjKlMnOpQrStUg",
        counter,
        time: 0,
        choice: { "metrika-clean": granted },
      }),
      runs: (id) => granted && id === "metrika-clean" && !excluded,
    },
  );
});

afterEach(() => {
  for (const [type, listener] of listeners.splice(0))
    for (const capture of [true, false]) window.removeEventListener(type, listener, capture);
  vi.useRealTimers();
  document.body.replaceChildren();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test("a page view and a goal have the form the gateway asks for, without query or fragment", async () => {
  store.set("token", "t");
  tracker.update();
  await settle();
  tracker.event("lead", { value: 3 });
  await settle();
  for (const { path, body } of sent) {
    expect(path).toBe("events");
    expect(eventBatch.parse(body)).toMatchObject({ token: "t" });
    expect(pageEvent.parse(body.events[0])).toMatchObject({
      url: "https://www.clinic.test/price",
      title: "Prices",
    });
  }
  expect(names()).toEqual([["page_view"], ["lead"]]);
});

test("without a grant nothing is sent, and nothing is remembered for later", async () => {
  granted = false;
  store.set("token", "t");
  tracker.update();
  tracker.event("lead");
  granted = true;
  tracker.update();
  await settle();
  expect(names()).toEqual([["page_view"]]);
});

test("between click and token at most twenty events wait, in memory only", async () => {
  store.set("due.queue.0000001.a", "on its way");
  tracker.update();
  for (let count = 0; count < 40; count++) tracker.event(`goal_${count}`);
  await settle();
  expect(sent).toEqual([]);
  expect(Object.keys(localStorage)).toEqual(["soglas.clinic-eu.due.queue.0000001.a"]);
  expect(sessionStorage.length).toBe(0);
  store.set("token", "t");
  tracker.update();
  await settle();
  expect(sent).toHaveLength(1);
  expect(sent[0]!.body.events).toHaveLength(20);
  expect(sent[0]!.body.events[0]!.name).toBe("page_view");
});

test("what waits is dropped with a withdrawal and with the page", async () => {
  store.set("due.queue.0000001.a", "on its way");
  tracker.update();
  granted = false;
  tracker.update();
  hide(true);
  granted = true;
  store.set("token", "t");
  tracker.event("later");
  await settle();
  expect(names()).toEqual([["later"]]);
});

test("what waits behind a request in flight leaves with the page", async () => {
  store.set("token", "t");
  tracker.update();
  tracker.event("call");
  hide(true);
  await settle();
  expect(names()).toEqual([["page_view"], ["call"]]);
});

test("what came while a request was under way follows it, in order", async () => {
  store.set("token", "t");
  tracker.update();
  tracker.event("first");
  tracker.event("second");
  await settle();
  expect(names()).toEqual([["page_view"], ["first", "second"]]);
});

test("an expired token is renewed once, and the same events are sent again", async () => {
  store.set("token", "old");
  answers = [expired(), Response.json({ token: "new" })];
  tracker.update();
  await settle();
  expect(sent.map(({ path }) => path)).toEqual(["events", "token", "events"]);
  expect(sent[1]!.body).toEqual({ v: 1, secret: "AbCdEfGhIjKlMnOpQrStUg" });
  expect(sent[2]!.body).toMatchObject({ token: "new", events: [{ name: "page_view" }] });
  expect(store.get("token")).toBe("new");
});

test("a grant that has no token asks for one, once per page, and what waited follows", async () => {
  answers = [Response.json({ token: null }), Response.json({ token: "late" })];
  tracker.update();
  await settle();
  tracker.event("goal");
  await settle();
  expect(sent.map(({ path }) => path)).toEqual(["token"]);
  expect(sent[0]!.body).toEqual({ v: 1, secret: "AbCdEfGhIjKlMnOpQrStUg" });
});

test("the token that was asked for is used at once", async () => {
  answers = [Response.json({ token: "late" })];
  tracker.update();
  await settle();
  expect(sent.map(({ path }) => path)).toEqual(["token", "events"]);
  expect(sent[1]!.body).toMatchObject({ token: "late", events: [{ name: "page_view" }] });
});

test("the token of a decision that was replaced meanwhile is not kept", async () => {
  const answer = Promise.withResolvers<Response>();
  vi.stubGlobal("fetch", () => answer.promise);
  tracker.update();
  counter = 2;
  answer.resolve(Response.json({ token: "of the first" }));
  await settle();
  expect(store.get("token")).toBeNull();
});

test("parameters that the contract does not know cost neither their event nor another", async () => {
  store.set("token", "t");
  tracker.event("before");
  const params = {
    a: 10n,
    b: null,
    s: Symbol(),
    n: Object.create(null),
    c: [1],
    d: NaN,
    e: {},
    f: "x".repeat(600),
    g: 2.5,
    h: false,
  };
  tracker.event("goal", params as unknown as EventParams);
  tracker.event("none", null as unknown as EventParams);
  tracker.event("many", Object.fromEntries(Array.from("a".repeat(40), (a, at) => [a + at, at])));
  await settle();
  const events = sent.flatMap(({ body }) => eventBatch.parse(body).events);
  const parsed = events.map((event) => pageEvent.parse(event));
  expect(parsed.map(({ name }) => name)).toEqual(["before", "goal", "none", "many"]);
  expect(parsed[1]!.params).toEqual({ f: "x".repeat(100), g: 2.5, h: false });
  expect(Object.keys(parsed[3]!.params)).toHaveLength(25);
});

test("no request is heavier than the gateway takes, and nothing is lost to that", async () => {
  store.set("due.queue.0000001.a", "on its way");
  const params = Object.fromEntries(
    Array.from({ length: 25 }, (_, at) => [`p${at}`, "ё".repeat(100)]),
  );
  for (let count = 0; count < 20; count++) tracker.event(`goal_${count}`, params);
  store.set("token", "t");
  tracker.update();
  await vi.waitFor(() => expect(names().flat()).toHaveLength(20));
  for (const { body } of sent)
    expect(new TextEncoder().encode(JSON.stringify(body)).length).toBeLessThan(32_000);
  expect(names().flat()).toEqual(Array.from({ length: 20 }, (_, count) => `goal_${count}`));
});

test("a gateway that keeps refusing the token is not asked for ever", async () => {
  store.set("token", "old");
  answers = [expired(), Response.json({ token: "new" }), expired(), expired()];
  for (let turn = 0; turn < 6; turn++) {
    tracker.update();
    tracker.event("goal");
    await settle();
  }
  expect(sent.filter(({ path }) => path === "token")).toHaveLength(1);
});

test("events not taken for lack of room are sent again with the next", async () => {
  store.set("token", "t");
  answers = [new Response("{}", { status: 429 })];
  tracker.update();
  await settle();
  tracker.event("goal");
  await settle();
  expect(names()).toEqual([["page_view"], ["page_view", "goal"]]);
});

test("what may have arrived is never sent again", async () => {
  store.set("token", "t");
  vi.stubGlobal("fetch", async () => {
    throw new TypeError("connection lost");
  });
  tracker.update();
  await settle();
  vi.stubGlobal("fetch", async (_url: string, init: RequestInit) => {
    sent.push({ path: "events", body: JSON.parse(String(init.body)) });
    return accepted();
  });
  tracker.event("goal");
  await settle();
  expect(names()).toEqual([["goal"]]);
});

test("a single-page application's next page is a page view that came from the one before", async () => {
  store.set("token", "t");
  tracker.update();
  await settle();
  happyDOM.setURL("https://www.clinic.test/contacts");
  tracker.update();
  tracker.update();
  await settle();
  expect(sent.map(({ body }) => body.events[0])).toMatchObject([
    { url: "https://www.clinic.test/price", referrer: "" },
    { url: "https://www.clinic.test/contacts", referrer: "https://www.clinic.test/price" },
  ]);
});

test("of the query a balanced service gets what names a campaign, a strict one nothing", async () => {
  const address =
    "https://www.clinic.test/price?email=a%40b.test&utm_source=mail&gclid=1&utm_term=%D0%B7%D1%83%D0%B1&utm_id=7&utm_medium=#x";
  store.set("token", "t");
  for (balanced of [false, true]) {
    happyDOM.setURL(address);
    tracker.update();
    tracker.event("goal");
    await settle();
  }
  happyDOM.setURL("https://www.clinic.test/doctors/ivanova?utm_source=mail");
  tracker.update();
  await settle();
  const urls = sent.flatMap(({ body }) => body.events.map((event) => [event.name, event.url]));
  expect(urls).toEqual([
    ["page_view", "https://www.clinic.test/price"],
    ["goal", "https://www.clinic.test/price"],
    ["goal", "https://www.clinic.test/price?utm_source=mail&utm_term=%D0%B7%D1%83%D0%B1"],
    ["page_view", "https://www.clinic.test/doctors/masked"],
  ]);
});

test("what is longer than the contract takes is cut, and never costs the event", async () => {
  store.set("token", "t");
  document.title = "t".repeat(301);
  document.documentElement.lang = `en-${"x".repeat(40)}`;
  tracker.update();
  await settle();
  document.documentElement.lang = "";
  const [event] = eventBatch.parse(sent[0]!.body).events;
  expect(pageEvent.parse(event).title).toBe("t".repeat(300));
});

test("an excluded page between two others holds back neither, whatever is still under way", async () => {
  store.set("token", "t");
  const answer = Promise.withResolvers<Response>();
  vi.stubGlobal("fetch", (_url: string, init: RequestInit) => {
    sent.push({ path: "events", body: JSON.parse(String(init.body)) });
    return sent.length === 1 ? answer.promise : Promise.resolve(accepted());
  });
  tracker.update();
  happyDOM.setURL("https://www.clinic.test/doctors");
  tracker.update();
  happyDOM.setURL("https://www.clinic.test/diseases/flu");
  excluded = true;
  tracker.update();
  happyDOM.setURL("https://www.clinic.test/contacts");
  excluded = false;
  tracker.update();
  answer.resolve(accepted());
  await settle();
  expect(sent.flatMap(({ body }) => body.events.map(({ url }) => url))).toEqual([
    "https://www.clinic.test/price",
    "https://www.clinic.test/doctors",
    "https://www.clinic.test/contacts",
  ]);
});

test("a request that is never answered holds nothing back for ever", async () => {
  store.set("token", "t");
  const timeout = new AbortController();
  const asked = vi.spyOn(AbortSignal, "timeout").mockReturnValue(timeout.signal);
  const answering = window.fetch;
  vi.stubGlobal("fetch", (_url: string, { signal }: RequestInit) => {
    return new Promise<Response>((_, reject) => {
      signal!.addEventListener("abort", () => reject(signal!.reason));
    });
  });
  tracker.update();
  vi.stubGlobal("fetch", answering);
  tracker.event("goal");
  await settle();
  expect(sent).toEqual([]);
  expect(asked).toHaveBeenCalledWith(30_000);
  timeout.abort();
  await settle();
  expect(names()).toEqual([["goal"]]);
});

test("a token that could not be renewed is kept for the next page to ask again", async () => {
  store.set("token", "old");
  answers = [expired(), new Response("{}", { status: 503 }), expired()];
  tracker.update();
  await settle();
  expect(store.get("token")).toBe("old");
});

test("an excluded page is silent, and what was said before it still arrives", async () => {
  store.set("due.queue.0000001.a", "on its way");
  tracker.update();
  excluded = true;
  happyDOM.setURL("https://www.clinic.test/diseases/flu");
  tracker.update();
  tracker.event("goal");
  store.set("token", "t");
  tracker.update();
  await settle();
  expect(names()).toEqual([["page_view"]]);
  expect(JSON.stringify(sent)).not.toContain("flu");
});

const said = () =>
  sent
    .flatMap(({ body }) => eventBatch.parse(body).events)
    .map((event) => pageEvent.parse(event))
    .map(({ name, params, url }) => ({ name, params, url }));

test("links that lead away and downloads are told, without where they lead", async () => {
  store.set("token", "t");
  tracker.update();
  for (const href of [
    "https://other.test/secret-path?x=1",
    "/price-list.PDF?visitor=maria",
    "https://files.test/a.zip",
    "/contacts",
    "mailto:maria@clinic.test",
    "#top",
  ]) {
    const link = document.createElement("a");
    link.href = href;
    link.append(document.createElement("b"));
    // A page that keeps its clicks to itself is heard all the same.
    link.addEventListener("click", (event) => event.stopPropagation());
    link.addEventListener("click", (event) => event.preventDefault());
    document.body.append(link);
    link.querySelector("b")!.click();
    await settle();
  }
  document.body.append(document.createElement("button"));
  document.querySelector("button")!.click();
  await settle();
  expect(
    said()
      .slice(1)
      .map(({ name, params }) => [name, params]),
  ).toEqual([
    ["click", { outbound: true }],
    ["file_download", { file_extension: "PDF" }],
    ["file_download", { file_extension: "zip" }],
  ]);
  expect(JSON.stringify(sent)).not.toMatch(/secret-path|maria/);
});

test("time counts while the page is shown, and is told when it is hidden and when another follows", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const pass = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);
  store.set("token", "t");
  tracker.update();
  pass(4000);
  hide(true);
  pass(60_000);
  hide(false);
  pass(2500);
  happyDOM.setURL("https://www.clinic.test/contacts");
  tracker.update();
  pass(500);
  hide(true);
  await settle();
  expect(said()).toEqual([
    { name: "page_view", params: {}, url: "https://www.clinic.test/price" },
    {
      name: "user_engagement",
      params: { engagement_time_msec: 4000 },
      url: "https://www.clinic.test/price",
    },
    {
      name: "user_engagement",
      params: { engagement_time_msec: 2500 },
      url: "https://www.clinic.test/price",
    },
    { name: "page_view", params: {}, url: "https://www.clinic.test/contacts" },
  ]);
});

test("time before a grant, after a withdrawal and on an excluded page is nobody's", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const pass = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);
  store.set("token", "t");
  granted = false;
  tracker.update();
  hide(false);
  pass(5000);
  granted = true;
  tracker.update();
  pass(3000);
  granted = false;
  tracker.update();
  pass(5000);
  hide(true);
  hide(false);
  granted = true;
  tracker.update();
  excluded = true;
  tracker.update();
  pass(9000);
  hide(true);
  await settle();
  expect(said().map(({ name }) => name)).toEqual(["page_view"]);
});

test("items go with their event, as far as the contract takes them", async () => {
  store.set("token", "t");
  const many = Array.from({ length: 60 }, (_, at) => ({ item_id: `i${at}`, price: at }));
  tracker.event("purchase", {
    value: 3,
    items: [{ item_id: "a", price: 3, "no-name": 1, list: [] }],
  });
  tracker.event("view_item_list", { items: many });
  tracker.event("odd", { items: [null, 7, "x"] as never });
  await settle();
  const events = sent
    .flatMap(({ body }) => eventBatch.parse(body).events)
    .map((event) => pageEvent.parse(event));
  expect(events[0]).toMatchObject({ params: { value: 3 }, items: [{ item_id: "a", price: 3 }] });
  expect(events[1]!.items).toHaveLength(50);
  expect(events.map(({ name }) => name)).toEqual(["purchase", "view_item_list", "odd"]);
});

test("off line nothing is sent or lost; what is too large for the gateway holds up nothing", async () => {
  store.set("token", "t");
  const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  tracker.update();
  tracker.event("goal");
  await settle();
  expect(sent).toEqual([]);
  online.mockReturnValue(true);
  answers = [new Response("{}", { status: 413 })];
  tracker.update();
  await settle();
  tracker.event("later");
  await settle();
  expect(names()).toEqual([["page_view", "goal"], ["later"]]);
});
