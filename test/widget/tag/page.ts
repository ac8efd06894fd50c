/** One page with the tag in it: the real wiring and the real recorder, a gateway of a few lines. */
import { afterEach, beforeEach, vi } from "vitest";
import type { DecisionBody } from "../../../gateway/contract/decision.ts";
import { errorStatus, type ErrorCode } from "../../../gateway/contract/errors.ts";
import type { RecorderConfig, TagConfig } from "../../../gateway/contract/widget.ts";
import type { Core, OpenInterface } from "../../../widget/core/core.ts";
import type { Soglas } from "../../../widget/core/api/soglas.ts";
import type { Manner } from "../../../widget/core/record/decision.ts";
import type { Choice } from "../../../widget/core/choice/saved.ts";
import { openStore } from "../../../widget/core/store.ts";
import type { OwnRecord, View } from "../../../widget/ui/host.ts";
import { config, settings } from "../config.ts";

export interface TagPage {
  api: Soglas;
  /** What the interface is showing. */
  views: View[];
  /** The visitor's own record, once its script was asked for. */
  own(): OwnRecord;
  /** Bodies of the decisions the gateway was sent. */
  decisions: DecisionBody[];
  /** Bodies of the event batches. */
  batches: { token: string; events: { name: string; url: string; title: string }[] }[];
  /** Addresses of scripts the page has asked for. */
  requested(): string[];
  reloads: () => number;
  decide(granted: boolean, manner?: Partial<Manner>): Promise<void>;
  choice(granted: boolean): Choice;
  /** Lets everything that is under way come to its end. */
  settle(): Promise<void>;
}

export interface TagPageOptions {
  config?: Partial<TagConfig>;
  settings?: Partial<RecorderConfig>;
  path?: string;
  /** The gateway answers; `away` rejects. */
  gateway?: "here" | "away";
  /** Whether the interface script can be fetched; `garbled` is a page of somebody on the way. */
  interface?: "here" | "away" | "garbled";
  /** Whether the recorder's script can be fetched. */
  recorder?: "here" | "away";
  gpc?: boolean;
  /** No service of the site waits in marks: what opens them is a script of its own. */
  gate?: "apart";
}

const listened: [EventTarget, string, EventListenerOrEventListenerObject][] = [];

/** Ends a page: its listeners must not hear the next one. */
export function leave(): void {
  for (const [target, type, listener] of listened.splice(0))
    target.removeEventListener(type, listener);
  for (const observer of observers.splice(0)) observer.disconnect();
  for (const timer of timers.splice(0)) clearTimeout(timer);
  Object.assign(history, { pushState, replaceState });
  window.addEventListener = natively.window;
  document.addEventListener = natively.document;
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.resetModules();
  document.head.innerHTML = document.body.innerHTML = "";
  for (const element of document.querySelectorAll("soglas-consent, soglas-reopen"))
    element.remove();
  for (const name of ["soglas", "dataLayer", "gtag", "ym"] as const) delete window[name];
}

const natively = { window: window.addEventListener, document: document.addEventListener };
const { pushState, replaceState } = history;
const observers: MutationObserver[] = [];
const timers: ReturnType<typeof setTimeout>[] = [];

/** Observers end with their page, as in a browser. */
class PageObserver extends MutationObserver {
  constructor(callback: MutationCallback) {
    super(callback);
    observers.push(this);
  }
}

/** Remembers what listens to a target. */
function listenIn(target: EventTarget, add: EventTarget["addEventListener"]): void {
  target.addEventListener = (type, listener, how) => {
    listened.push([target, type, listener!]);
    add.call(target, type, listener, how);
  };
}

/** The next visit: cookies and storage stay, everything else is new. */
export async function visit(options: TagPageOptions = {}): Promise<TagPage> {
  listenIn(window, natively.window);
  listenIn(document, natively.document);
  (window as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(
    `https://www.clinic.test${options.path ?? "/"}`,
  );
  const decisions: DecisionBody[] = [];
  const batches: TagPage["batches"] = [];
  const views: View[] = [];
  let own: OwnRecord | undefined;
  let core: Core | undefined;
  const requested: string[] = [];
  const reload = vi.fn();
  vi.spyOn(location, "reload").mockImplementation(reload);
  vi.stubGlobal("SOGLAS_CONFIG", { ...config, ...options.config });
  vi.stubGlobal("SOGLAS_PARTS", {});
  vi.stubGlobal("MutationObserver", PageObserver);
  // Another attempt of a page that is left would be one of the next page.
  const { setTimeout: later } = globalThis;
  vi.stubGlobal("setTimeout", (...call: Parameters<typeof setTimeout>) => {
    const timer = later(...call);
    timers.push(timer);
    return timer;
  });
  Object.defineProperty(navigator, "globalPrivacyControl", {
    value: options.gpc ?? false,
    configurable: true,
  });
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    if (options.gateway === "away") throw new TypeError("away");
    const body = JSON.parse(String(init.body));
    if (url.endsWith("/events")) {
      batches.push(body);
      return Response.json({ accepted: body.events.length, refused: {} });
    }
    decisions.push(body);
    const answer = {
      record: { id: body.id, log: "l", index: 0, time: body.time },
      token: Object.values(body.services).includes("granted") ? `token-${body.counter}` : null,
    };
    return Response.json(answer, { status: 201 });
  });

  const shown = { language: "en", jurisdiction: settings.jurisdiction };
  const choice = (granted: boolean): Choice =>
    Object.fromEntries(config.asked.map((id) => [id, granted]));
  const decided = (wanted: Choice, manner: Omit<Manner, "theme">) =>
    decide(core!, shown, wanted, { theme: "light", ...manner });

  const { decide } = await import("../../../widget/core/choice/decide.ts");
  const { openGate } = await import("../../../widget/core/gate/marked.ts");
  const { openRecorder } = await import("../../../widget/core/record/recorder.ts");
  vi.spyOn(document.head, "append").mockImplementation((node) => {
    const script = node as HTMLScriptElement;
    requested.push(script.src);
    if (!script.src.includes("/w/")) return;
    const openInterface: OpenInterface = (given) => {
      core = given;
      given.addRoot("soglas-consent");
      const hide = () => void views.splice(0);
      return {
        show: (view) => void views.push(view),
        hide,
        acceptAll() {
          hide();
          return decided(choice(true), { place: "api", control: "accept-all" });
        },
      };
    };
    const record = (given: Core) => {
      const recorder = openRecorder(given, { ...settings, ...options.settings });
      ({ own } = recorder);
      return recorder;
    };
    const openers: Record<string, unknown> = { "record.js": record, "gate.js": openGate };
    const open = openers[script.src.split("/").at(-1)!] ?? openInterface;
    if (options.interface !== "garbled") Object.assign(script, { open });
    const away = options.interface === "away" || (open === record && options.recorder === "away");
    queueMicrotask(() => script.dispatchEvent(new Event(away ? "error" : "load")));
  });
  await import("../../../widget/core/services/ga4.ts");
  await import("../../../widget/core/services/metrika.ts");
  if (options.gate !== "apart") await import("../../../widget/core/gate/gate.ts");
  await import("../../../widget/core/rules/rules.ts");
  await import("../../../widget/core/events/tracker.ts");
  await import("../../../widget/tag.ts");
  const turns = async () => {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  const settle = async () => {
    await turns();
    // A decision lets the browser paint: this timer was set after its own.
    await new Promise((resolve) => setTimeout(resolve));
    await turns();
  };
  await settle();

  return {
    api: window.soglas as Soglas,
    views,
    own: () => own!,
    decisions,
    batches,
    requested: () => requested,
    reloads: () => reload.mock.calls.length,
    choice,
    async decide(granted, manner) {
      views.splice(0);
      await decided(choice(granted), {
        place: "banner",
        control: granted ? "accept-all" : "refuse-all",
        ...manner,
      });
      await settle();
    },
    settle,
  };
}

/** Every test of a file begins in a browser that knows nothing, and ends its last page. */
export function inNewBrowsers(): void {
  beforeEach(() => {
    localStorage.clear();
    sessionStorage.clear();
    for (const cookie of document.cookie.split("; "))
      document.cookie = `${cookie.split("=")[0]}=; max-age=0; path=/`;
  });
  afterEach(leave);
}

/** A gateway that refuses every decision for the same reason. */
export const refusing = (code: ErrorCode) =>
  vi.fn(async () => Response.json({ error: { code } }, { status: errorStatus[code] }));

/** Keys of this kind in the site's storage. */
export const stored = (kind: string): string[] => openStore(config.site).list(kind);
