/** The page: what is typed, pasted or dropped goes to `inspect`, and what it says is shown. */
import { httpFiles } from "../http-files.ts";
import { VerifyError } from "../errors.ts";
import type { LogFiles } from "../log-files.ts";
import { webPrimitives } from "../primitives.ts";
import { claimedOrigin } from "../receipt.ts";
import { inspect, isSite, logPath, receiptBytes, servedKey, type Outcome } from "./inspect.ts";
import { resultElements } from "./result.ts";
import { en, type Texts } from "./texts/en.ts";
import { ru } from "./texts/ru.ts";

type Language = "en" | "ru";
const languages: Record<Language, Texts> = { en, ru };

const byId = <E extends HTMLElement>(id: string) => document.getElementById(id) as E;
const form = byId<HTMLFormElement>("form");
const receipt = byId<HTMLTextAreaElement>("receipt");
const key = byId<HTMLInputElement>("key");
const keyNote = byId("key-note");
const site = byId<HTMLInputElement>("site");
const witnesses = byId<HTMLTextAreaElement>("witnesses");
const file = byId<HTMLInputElement>("file");
const drop = byId("drop");
const result = byId("result");

let texts: Texts = en;
let outcome: Outcome = { kind: "nothing" };
/** Which note stands below the key. */
let note: "keyIsServed" | "keyNotServed" | null = null;
/** Counts changes, so that a slow answer to an older one is dropped. */
let change = 0;
let typing: ReturnType<typeof setTimeout> | undefined;

function speak(language: Language): void {
  texts = languages[language];
  document.documentElement.lang = language;
  document.title = texts.title;
  for (const each of document.querySelectorAll<HTMLElement>("[data-text]"))
    each.textContent = texts.page[each.dataset["text"] as keyof Texts["page"]];
  for (const button of document.querySelectorAll<HTMLElement>("[data-language]"))
    button.setAttribute("aria-pressed", String(button.dataset["language"] === language));
  show();
}

function show(): void {
  keyNote.hidden = note === null;
  keyNote.textContent = note === null ? "" : texts[note];
  result.replaceChildren(...resultElements(outcome, texts));
}

/** Checks what is on the page now. */
async function check(): Promise<void> {
  const mine = ++change;
  const found = await inspected();
  if (mine !== change) return;
  outcome = found;
  show();
}

async function inspected(): Promise<Outcome> {
  const lines = witnesses.value.split("\n").map((line) => line.trim());
  try {
    return await inspect(
      {
        text: receipt.value,
        key: key.value,
        witnesses: lines.filter((line) => line !== ""),
        log: receipt.value.trim() === "" ? null : gatewayLog(),
      },
      webPrimitives(globalThis.crypto.subtle),
    );
  } catch (error) {
    if (error instanceof VerifyError) return { kind: "unchecked", error };
    throw error;
  }
}

/** The log of the typed site on the gateway that serves this page, or null. */
function gatewayLog(): LogFiles | null {
  const path = logPath(site.value.trim(), origin() ?? "");
  if (path === null) return null;
  // The page stands at <gateway>/verify/, below whatever path prefix the gateway has.
  return httpFiles(new URL(`../${path}`, document.baseURI).href, {
    fetch: (...request) => fetch(...request),
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  });
}

function origin(): string | null {
  try {
    return claimedOrigin(receiptBytes(receipt.value));
  } catch {
    return null;
  }
}

/** Asks the gateway for the key, and says that it was the gateway who named it. */
async function take(): Promise<void> {
  const mine = ++change;
  const log = gatewayLog();
  let served: string | null = null;
  try {
    if (log !== null) served = await servedKey(log, origin() ?? "");
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
  }
  if (mine !== change) return;
  if (served !== null) key.value = served;
  note = served === null ? "keyNotServed" : "keyIsServed";
  await check();
}

/** A new receipt; when a link named the site, its key is asked for at once. */
async function changed(): Promise<void> {
  const asks = origin() !== null && isSite(site.value.trim()) && key.value.trim() === "";
  await (asks ? take() : check());
}

/** Waits until the typing pauses. */
function soon(work: () => Promise<void>): void {
  clearTimeout(typing);
  typing = setTimeout(() => void work(), 200);
}

async function read(dropped: File | undefined): Promise<void> {
  if (dropped === undefined) return;
  receipt.value = await dropped.text();
  await changed();
}

receipt.addEventListener("input", () => soon(changed));
witnesses.addEventListener("input", () => soon(check));
key.addEventListener("input", () => {
  note = null;
  soon(check);
});
byId("take").addEventListener("click", () => void take());
byId("clear").addEventListener("click", () => {
  form.reset();
  note = null;
  void check();
  receipt.focus();
});
form.addEventListener("submit", (event) => event.preventDefault());
file.addEventListener("change", () => void read(file.files?.[0]));
addEventListener("dragover", (event) => {
  event.preventDefault();
  drop.classList.add("over");
});
addEventListener("dragleave", () => drop.classList.remove("over"));
addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  void read(event.dataTransfer?.files[0]);
});
for (const button of document.querySelectorAll<HTMLElement>("[data-language]"))
  button.addEventListener("click", () => speak(button.dataset["language"] as Language));

// A link may name the site: /verify/#site=clinic. It stays in the browser.
site.defaultValue = new URLSearchParams(location.hash.slice(1)).get("site") ?? "";
speak(navigator.languages.find((tag) => /^(en|ru)\b/.test(tag))?.startsWith("ru") ? "ru" : "en");
form.hidden = false;
