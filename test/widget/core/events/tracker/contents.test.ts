/** What an event says: as much as the contract takes, and of the address as much as the service may know. */
import { expect, test } from "vitest";
import { eventBatch, pageEvent } from "../../../../../gateway/contract/events.ts";
import type { EventParams } from "../../../../../widget/core/api/soglas.ts";
import { onEachPage, happyDOM, names, page, sent, settle, store, tracker } from "./page.ts";

onEachPage();

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
  for (page.balanced of [false, true]) {
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
