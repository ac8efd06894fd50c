import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openGate } from "../../../../widget/core/gate/marked.ts";
import { openPolicy } from "../../../../widget/core/page/trusted.ts";

/** A gate whose grants the test moves. */
function gate(nonce?: string) {
  const granted = new Set<string>();
  return { granted, ...openGate({ runs: (id) => granted.has(id), nonce, policy: openPolicy() }) };
}

interface Settings {
  handleDisabledFileLoadingAsSuccess: boolean;
  enableIframePageLoading: boolean;
  fetch: { interceptor: { beforeAsyncRequest(): Promise<Response> } | null };
}
const { settings } = (window as unknown as { happyDOM: { settings: Settings } }).happyDOM;

/** happy-dom fetches nothing and says at once that it did: only what a test says itself may count. */
const loads = new WeakSet<Event>();
function hold(event: Event): void {
  if (!loads.has(event)) event.stopImmediatePropagation();
}
function finish(script: HTMLScriptElement, type: "load" | "error"): void {
  const event = new Event(type);
  loads.add(event);
  script.dispatchEvent(event);
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const scripts = () => [...document.querySelectorAll("script")];

beforeEach(() => {
  settings.handleDisabledFileLoadingAsSuccess = true;
  // Frames open, on an empty page: nothing leaves the test.
  settings.enableIframePageLoading = true;
  settings.fetch.interceptor = { beforeAsyncRequest: async () => new Response("") };
  for (const type of ["load", "error"]) document.addEventListener(type, hold, true);
  document.body.innerHTML = "";
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const type of ["load", "error"]) document.removeEventListener(type, hold, true);
  document.body.innerHTML = "";
});

test("a script waits for its grant, then a running copy stands in its place, once", async () => {
  document.body.innerHTML = `<p></p><script type="text/plain" data-consent="analytics" data-own="kept" id="s">1</script><p></p>`;
  const { granted, scan } = gate("abc");
  scan();
  expect(scripts()[0]!.type).toBe("text/plain");
  granted.add("analytics");
  scan();
  await turn();
  scan();
  const [copy, ...others] = scripts();
  expect(others).toEqual([]);
  expect(copy!.getAttributeNames().toSorted()).toEqual(["data-own", "id"]);
  expect(copy!.nonce).toBe("abc");
  expect(copy!.textContent).toBe("1");
  expect(copy!.previousElementSibling!.tagName).toBe("P");
});

test("a nonce of its own comes first, and the kind of script is taken from data-type", async () => {
  document.body.innerHTML = `<script type="text/plain" data-type="module" data-consent="a">1</script>`;
  scripts()[0]!.nonce = "own";
  const { granted, scan } = gate("ours");
  granted.add("a");
  scan();
  await turn();
  expect(scripts()[0]!.type).toBe("module");
  expect(scripts()[0]!.nonce).toBe("own");
});

test("only what is granted opens", async () => {
  document.body.innerHTML = ["analytics", "marketing", "unknown", ""]
    .map((id) => `<script type="text/plain" data-consent="${id}">1</script>`)
    .join("");
  const { granted, scan } = gate();
  granted.add("analytics");
  scan();
  await turn();
  expect(scripts().map(({ type }) => type)).toEqual(["", "text/plain", "text/plain", "text/plain"]);
});

test("order is kept: what follows a script with an address waits for it, loaded or failed", async () => {
  document.body.innerHTML = `
    <script type="text/plain" data-consent="a" src="https://own.test/one.js"></script>
    <script type="text/plain" data-consent="a">two</script>
    <script type="text/plain" data-consent="a" src="https://own.test/three.js" async></script>
    <script type="text/plain" data-consent="a">four</script>`;
  const { granted, scan } = gate();
  granted.add("a");
  scan();
  await turn();
  const waiting = () => scripts().filter(({ type }) => type === "text/plain").length;
  expect(scripts()[0]!.async).toBe(false);
  expect(waiting()).toBe(3);
  finish(scripts()[0]!, "error");
  await turn();
  expect(waiting()).toBe(0);
  expect(scripts()[2]!.async).toBe(true);
});

test("a grant that ends in between stops what has not run yet", async () => {
  document.body.innerHTML = `
    <script type="text/plain" data-consent="a" src="https://own.test/one.js"></script>
    <script type="text/plain" data-consent="a">two</script>`;
  const { granted, scan } = gate();
  granted.add("a");
  scan();
  await turn();
  granted.clear();
  finish(scripts()[0]!, "load");
  await turn();
  expect(scripts()[1]!.type).toBe("text/plain");
});

test("an iframe gets its address with the grant, and loses it with the grant", () => {
  document.body.innerHTML = `<iframe data-consent="media" data-src="https://map.test/x"></iframe>`;
  const frame = document.querySelector("iframe")!;
  const { granted, scan, stuck } = gate();
  scan();
  expect(frame.getAttribute("src")).toBeNull();
  granted.add("media");
  scan();
  expect(frame.getAttribute("src")).toBe("https://map.test/x");
  // Moved on by a script of the page: left alone.
  frame.setAttribute("src", "https://map.test/y");
  scan();
  expect(frame.getAttribute("src")).toBe("https://map.test/y");
  granted.clear();
  scan();
  expect(frame.getAttribute("src")).toBe("about:blank");
  expect(stuck(() => false)).toBe(false);
  granted.add("media");
  scan();
  expect(frame.getAttribute("src")).toBe("https://map.test/x");
});

test("a template unfolds with the grant, its scripts in order and each once", async () => {
  document.body.innerHTML = `<template data-consent="media"><b>map</b><script type="module">1</script><script>2</script></template>`;
  const { granted, scan } = gate();
  scan();
  expect(document.querySelector("b")).toBeNull();
  granted.add("media");
  scan();
  await turn();
  scan();
  expect(document.querySelectorAll("b")).toHaveLength(1);
  expect(document.querySelector("template")).toBeNull();
  expect(scripts().map(({ type, textContent }) => [type, textContent])).toEqual([
    ["module", "1"],
    ["", "2"],
  ]);
});

test("only what ran cannot be taken back", async () => {
  document.body.innerHTML = `<script type="text/plain" data-consent="a">1</script><script type="text/plain" data-consent="b">1</script>`;
  const { granted, scan, stuck } = gate();
  granted.add("a");
  scan();
  await turn();
  expect(stuck((id) => id === "a")).toBe(false);
  expect(stuck((id) => id === "b")).toBe(true);
});
