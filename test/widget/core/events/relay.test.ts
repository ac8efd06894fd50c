/** Google's own tag pointed at the gateway: it starts with a token, or not at all. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openStore } from "../../../../widget/core/store.ts";
import { config } from "../../config.ts";

const day = 86_400_000;
const service = {
  id: "ga4",
  purpose: "analytics",
  vendor: "ga4",
  mode: "tag",
  src: "https://www.googletagmanager.com/gtag/js?id=G-A",
  measurementId: "G-A",
  server: "https://gateway.other.test/t/clinic-eu",
} as const;
const secret = "AbCdEfGhIjKlMnOpQrStUg";
const store = openStore("clinic-eu");

let started: unknown[][];
let asked: unknown[];
let time: number;
let counter: number;
let choice: Record<string, boolean>;
let answer: () => Promise<Response>;
let vendor: ReturnType<NonNullable<typeof SOGLAS_PARTS.ga4>>;
let update: () => void;
const settle = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(async () => {
  localStorage.clear();
  started = [];
  asked = [];
  time = Date.now() / 1000;
  counter = 1;
  choice = { analytics: true };
  answer = async () => Response.json({ token: "new" });
  vi.stubGlobal("fetch", (url: string, { body }: RequestInit) => {
    asked.push([url, JSON.parse(String(body))]);
    return answer();
  });
  vi.stubGlobal("SOGLAS_PARTS", {
    ga4: () => ({ start: (...given: unknown[]) => started.push(given), stop: () => false }),
  });
  vi.resetModules();
  await import("../../../../widget/core/events/relay.ts");
  vendor = SOGLAS_PARTS.ga4!(config, () => document.createElement("script"));
  ({ update } = SOGLAS_PARTS.tracker!(config, {
    store,
    json: JSON.stringify,
    saved: () => ({ secret, counter, time, choice }),
  } as never));
});
afterEach(() => vi.unstubAllGlobals());

const startedWith = (token: string) => [
  [service, { url: "u" }, { server_container_url: service.server, soglas_token: token }],
];

test("with a token it starts at once, once; without the profile as ever", () => {
  store.set("token", "t");
  const plain = { ...service, server: undefined };
  vendor.start(plain as never, {});
  expect(started).toEqual([[plain, {}]]);
  started = [];
  vendor.start(service, { url: "u" });
  update();
  update();
  expect(started).toEqual(startedWith("t"));
  expect(asked).toEqual([]);
});

test("it waits for the answer to a decision that is on its way", () => {
  store.set("due.queue.0000001.a", "on its way");
  vendor.start(service, { url: "u" });
  update();
  expect([started, asked]).toEqual([[], []]);
  store.set("due.queue.0000001.a", null);
  store.set("token", "t");
  update();
  expect(started).toEqual(startedWith("t"));
});

test("without a token, or with one that is soon too old, it asks for another first", async () => {
  vendor.start(service, { url: "u" });
  update();
  await settle();
  expect(asked).toEqual([
    ["https://gateway.other.test/v1/sites/clinic-eu/token", { v: 1, secret }],
  ]);
  expect(started).toEqual(startedWith("new"));

  // The next page: the decision is old, the token is not.
  time -= (100 * day) / 1000;
  vendor.start(service, { url: "u" });
  update();
  await settle();
  expect(asked).toHaveLength(1);
});

test("a gateway that gives none starts nothing, and is asked once", async () => {
  answer = async () => Response.json({ token: null });
  vendor.start(service, {});
  update();
  await settle();
  update();
  await settle();
  expect([started, asked.length]).toEqual([[], 1]);
});

test("an old token is still better than none, when no other is to be had", async () => {
  time -= (26 * day) / 1000;
  store.set("token", "old");
  answer = async () => Promise.reject(new TypeError("away"));
  vendor.start(service, { url: "u" });
  update();
  await settle();
  expect(started).toEqual(startedWith("old"));
});

test("the token of a decision that was replaced meanwhile is not kept, and a stopped tag does not start", async () => {
  answer = async () => {
    counter = 2;
    return Response.json({ token: "of the first" });
  };
  vendor.start(service, {});
  update();
  await settle();
  expect([store.get("token"), started]).toEqual([null, []]);
  vendor.stop(service);
  store.set("token", "t");
  update();
  expect(started).toEqual([]);
});

test("nor is a token kept that arrives after a withdrawal there is no record of yet", async () => {
  answer = async () => {
    choice = { analytics: false };
    return Response.json({ token: "of the grant" });
  };
  vendor.start(service, {});
  update();
  await settle();
  expect([store.get("token"), started]).toEqual([null, []]);
});
