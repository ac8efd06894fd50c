/** A page with a tracker on it, and a gateway of a few lines. */
import { afterEach, beforeEach, expect, vi } from "vitest";
import { openPages } from "../../../../../widget/core/rules/pages.ts";
import type { Tracker } from "../../../../../widget/core/parts.ts";
import { openStore } from "../../../../../widget/core/store.ts";
import { config } from "../../../config.ts";

export const { happyDOM } = window as unknown as { happyDOM: { setURL(url: string): void } };

interface Sent {
  path: string;
  body: Record<string, unknown> & { events: { name: string; age: number; url: string }[] };
}

/** What the gateway was sent. */
export const sent: Sent[] = [];
/** What it answers next; without any it accepts. */
export const answers: Response[] = [];
/** What is so of visitor, page and service now. */
export const page = { granted: true, excluded: false, balanced: false, counter: 1 };
export let tracker: Tracker;
const listeners: [type: string, listener: EventListener][] = [];
export const store = openStore("clinic-eu");

export const accepted = () => Response.json({ accepted: 1, refused: {} });
export const expired = () => Response.json({ accepted: 0, refused: { expired_token: 1 } });
export const settle = () => new Promise((resolve) => setImmediate(resolve));
export const names = () => sent.map(({ body }) => body.events?.map(({ name }) => name));

export const hide = (hidden: boolean) => {
  vi.spyOn(document, "hidden", "get").mockReturnValue(hidden);
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
};

/** Every test of a file has a page of its own, with a tracker that has just begun. */
export function onEachPage(): void {
  beforeEach(async () => {
    sent.splice(0);
    answers.splice(0);
    Object.assign(page, { granted: true, excluded: false, balanced: false, counter: 1 });
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
    await import("../../../../../widget/core/events/tracker.ts");
    const services = config.services.map((service) =>
      service.mode === "gateway"
        ? Object.defineProperty({ ...service }, "query", {
            get: () => (page.balanced ? "[?&](utm_source|utm_medium|utm_term)=[^&]+" : undefined),
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
          counter: page.counter,
          time: 0,
          choice: { "metrika-clean": page.granted },
        }),
        runs: (id) => page.granted && id === "metrika-clean" && !page.excluded,
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
}
