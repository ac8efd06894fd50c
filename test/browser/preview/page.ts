/** The page the preview looks at: a clinic's front page with the built interface under a strict policy. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { InterfaceConfig } from "../../../gateway/contract/widget.ts";
import type { Locale } from "../../../gateway/sites/builds.ts";

const root = join(import.meta.dirname, "../../..");

/** No inline script or style, and nothing may be parsed into markup: what the interface must live with. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'";

const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Clinic</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/page.css">
<header><b>Липа</b><nav><a href="/doctors">Врачи</a> <a href="/prices">Цены</a> <button id="reopen">Выбор данных</button></nav></header>
<main><h1>Запишитесь к врачу сегодня</h1><p>Терапевты, кардиологи и педиатры в пяти минутах от метро.
Приём в день обращения, результаты анализов в личном кабинете, повторная консультация бесплатно в течение месяца.</p>
<form><label>Телефон <input name="phone"></label></form></main>
<script src="/ui.js"></script><script src="/record.js"></script><script src="/host.js"></script></html>`;

const css = `:root{color-scheme:light dark}body{font:17px/1.6 system-ui,sans-serif;margin:0}
header{display:flex;justify-content:space-between;padding:1rem 2rem;border-bottom:1px solid #8884}
nav a{margin-right:1rem;color:inherit}main{max-width:46rem;padding:3rem 2rem}h1{font-size:2.4rem;line-height:1.15}`;

/** Stands where the tag would: keeps the choice, notes every decision, acknowledges the first. */
const host = `const decided = [];
const kept = {};
let choice = null;
const remembered = () => choice && { secret: "AbCdEfGhIjKlMnOpQrStUg", counter: decided.length, choice };
const core = {
  config: { site: "clinic", gateway: "", cookie: "soglas", asked: [], services: [] },
  store: {
    get: (key) => kept[key] ?? null,
    set: (key, value) => { if (value === null) delete kept[key]; else kept[key] = value; return true; },
    list: (kind) => Object.keys(kept).filter((key) => key.startsWith(kind + ".")).sort(),
  },
  remembered,
  saved: remembered,
  page: () => "/",
  granted: () => false,
  refresh: () => {},
  addRoot: (name) => document.body.appendChild(document.createElement(name)).attachShadow({ mode: "open" }),
};
/** What the recorder would make of a choice. */
function note() {
  const [key] = core.store.list("due.intent");
  if (!key) return;
  const intent = kept[key];
  delete kept[key];
  ({ choice } = intent.choice);
  decided.push({ choice, manner: intent.manner });
  const granted = Object.keys(choice).filter((id) => choice[id]).join(" ");
  const id = "record" + (decided.length - 1);
  const counter = String(decided.length).padStart(7, "0");
  kept["history." + (1771234567 + (decided.length - 1) * 86400) + "." + counter + "." + id] = granted;
  if (decided.length > 1) kept["due.queue." + counter + "." + id] = JSON.stringify({ id });
}
const [ui, record] = document.scripts;
const recorder = { ...record.open(core), record: note };
core.withRecorder = (task) => task(recorder);
const handle = ui.open(core);
window.preview = { decided, handle };
document.getElementById("reopen").onclick = () => handle.show("preferences");
handle.show("banner");`;

/** A script as the gateway composes it. */
async function compose(piece: "ui" | "record", config: InterfaceConfig): Promise<string> {
  const built = join(root, "dist/widget");
  const code = await readFile(join(built, `${piece}.js`), "utf8");
  const locale = JSON.parse(
    await readFile(join(built, `locales/${config.language}.json`), "utf8"),
  ) as Locale;
  const settings = { jurisdiction: config.jurisdiction, refusalId: true, stores: {} };
  return `(function(SOGLAS_STRINGS,SOGLAS_INTERFACE,SOGLAS_RECORDER){${code}})(${[locale[piece], config, settings].map((value) => JSON.stringify(value)).join(",")});`;
}

/** The interface's script: what a first visit waits for. */
export const composeInterface = (config: InterfaceConfig): Promise<string> => compose("ui", config);

/**
 * Serves the page with one configuration on a free port of the loopback interface.
 *
 * @returns the address, and how to stop
 */
export async function servePage(
  config: InterfaceConfig,
): Promise<{ url: string; close: () => void }> {
  const files: Record<string, [type: string, body: string]> = {
    "/": ["text/html", html],
    "/page.css": ["text/css", css],
    "/host.js": ["text/javascript", host],
    "/ui.js": ["text/javascript", await composeInterface(config)],
    "/record.js": ["text/javascript", await compose("record", config)],
  };
  const server = createServer((request, response) => {
    const file = files[request.url ?? ""];
    if (!file) return void response.writeHead(404).end();
    response.writeHead(200, {
      "content-type": `${file[0]}; charset=utf-8`,
      "content-security-policy": policy,
    });
    response.end(file[1]);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => server.close(),
  };
}
