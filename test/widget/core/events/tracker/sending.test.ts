/** What waits, leaves and is sent again: nothing without a grant, nothing twice. */
import { expect, test, vi } from "vitest";
import {
  onEachPage,
  accepted,
  answers,
  hide,
  names,
  page,
  sent,
  settle,
  store,
  tracker,
} from "./page.ts";

onEachPage();

test("without a grant nothing is sent, and nothing is remembered for later", async () => {
  page.granted = false;
  store.set("token", "t");
  tracker.update();
  tracker.event("lead");
  page.granted = true;
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
  page.granted = false;
  tracker.update();
  hide(true);
  page.granted = true;
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

test("events not taken for lack of room are sent again with the next", async () => {
  store.set("token", "t");
  answers.push(new Response("{}", { status: 429 }));
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

test("off line nothing is sent or lost; what is too large for the gateway holds up nothing", async () => {
  store.set("token", "t");
  const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  tracker.update();
  tracker.event("goal");
  await settle();
  expect(sent).toEqual([]);
  online.mockReturnValue(true);
  answers.push(new Response("{}", { status: 413 }));
  tracker.update();
  await settle();
  tracker.event("later");
  await settle();
  expect(names()).toEqual([["page_view", "goal"], ["later"]]);
});
