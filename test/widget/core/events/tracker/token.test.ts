/** The token that events are sent under: asked for once, renewed once, never another decision's. */
import { expect, test, vi } from "vitest";
import { onEachPage, answers, expired, page, sent, settle, store, tracker } from "./page.ts";

onEachPage();

test("an expired token is renewed once, and the same events are sent again", async () => {
  store.set("token", "old");
  answers.push(expired(), Response.json({ token: "new" }));
  tracker.update();
  await settle();
  expect(sent.map(({ path }) => path)).toEqual(["events", "token", "events"]);
  expect(sent[1]!.body).toEqual({ v: 1, secret: "AbCdEfGhIjKlMnOpQrStUg" });
  expect(sent[2]!.body).toMatchObject({ token: "new", events: [{ name: "page_view" }] });
  expect(store.get("token")).toBe("new");
});

test("a grant that has no token asks for one, once per page, and what waited follows", async () => {
  answers.push(Response.json({ token: null }), Response.json({ token: "late" }));
  tracker.update();
  await settle();
  tracker.event("goal");
  await settle();
  expect(sent.map(({ path }) => path)).toEqual(["token"]);
  expect(sent[0]!.body).toEqual({ v: 1, secret: "AbCdEfGhIjKlMnOpQrStUg" });
});

test("the token that was asked for is used at once", async () => {
  answers.push(Response.json({ token: "late" }));
  tracker.update();
  await settle();
  expect(sent.map(({ path }) => path)).toEqual(["token", "events"]);
  expect(sent[1]!.body).toMatchObject({ token: "late", events: [{ name: "page_view" }] });
});

test("the token of a decision that was replaced meanwhile is not kept", async () => {
  const answer = Promise.withResolvers<Response>();
  vi.stubGlobal("fetch", () => answer.promise);
  tracker.update();
  page.counter = 2;
  answer.resolve(Response.json({ token: "of the first" }));
  await settle();
  expect(store.get("token")).toBeNull();
});

test("a gateway that keeps refusing the token is not asked for ever", async () => {
  store.set("token", "old");
  answers.push(expired(), Response.json({ token: "new" }), expired(), expired());
  for (let turn = 0; turn < 6; turn++) {
    tracker.update();
    tracker.event("goal");
    await settle();
  }
  expect(sent.filter(({ path }) => path === "token")).toHaveLength(1);
});

test("a token that could not be renewed is kept for the next page to ask again", async () => {
  store.set("token", "old");
  answers.push(expired(), new Response("{}", { status: 503 }), expired());
  tracker.update();
  await settle();
  expect(store.get("token")).toBe("old");
});
