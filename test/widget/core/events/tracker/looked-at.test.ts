/** What is told of a page by looking at it: links, downloads and time, and nothing of an excluded one. */
import { expect, test, vi } from "vitest";
import { eventBatch, pageEvent } from "../../../../../gateway/contract/events.ts";
import {
  onEachPage,
  accepted,
  happyDOM,
  hide,
  names,
  page,
  sent,
  settle,
  store,
  tracker,
} from "./page.ts";

onEachPage();

const said = () =>
  sent
    .flatMap(({ body }) => eventBatch.parse(body).events)
    .map((event) => pageEvent.parse(event))
    .map(({ name, params, url }) => ({ name, params, url }));

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
  page.excluded = true;
  tracker.update();
  happyDOM.setURL("https://www.clinic.test/contacts");
  page.excluded = false;
  tracker.update();
  answer.resolve(accepted());
  await settle();
  expect(sent.flatMap(({ body }) => body.events.map(({ url }) => url))).toEqual([
    "https://www.clinic.test/price",
    "https://www.clinic.test/doctors",
    "https://www.clinic.test/contacts",
  ]);
});

test("an excluded page is silent, and what was said before it still arrives", async () => {
  store.set("due.queue.0000001.a", "on its way");
  tracker.update();
  page.excluded = true;
  happyDOM.setURL("https://www.clinic.test/diseases/flu");
  tracker.update();
  tracker.event("goal");
  store.set("token", "t");
  tracker.update();
  await settle();
  expect(names()).toEqual([["page_view"]]);
  expect(JSON.stringify(sent)).not.toContain("flu");
});

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
  page.granted = false;
  tracker.update();
  hide(false);
  pass(5000);
  page.granted = true;
  tracker.update();
  pass(3000);
  page.granted = false;
  tracker.update();
  pass(5000);
  hide(true);
  hide(false);
  page.granted = true;
  tracker.update();
  page.excluded = true;
  tracker.update();
  pass(9000);
  hide(true);
  await settle();
  expect(said().map(({ name }) => name)).toEqual(["page_view"]);
});
