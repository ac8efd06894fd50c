/**
 * Gateway mode: page views and goals go to the gateway, which cleans them before any vendor sees them.
 * Without a grant nothing is even remembered. Between the click and the token events wait in memory,
 * never in storage, and are gone when the page is.
 */
import type { EventBatch, EventsAnswer } from "../../gateway/contract/events.ts";
import type { EventParams } from "./parts.ts";

/** As many as one request may carry. */
const longest = 20;

/** Characters of one request's events: in any script less than the 32 kB that the gateway takes. */
const heaviest = 10_000;

/** A request without an answer must not hold back what follows it for ever: milliseconds. */
const patience = 30_000;

interface Waiting {
  at: number;
  name: string;
  url: string;
  referrer: string;
  title: string;
  params: EventParams;
}

/** What the contract takes; anything else would cost the whole event, or all of them. */
function cleaned(params: object): EventParams {
  const known = Object.entries(params).filter(
    ([, value]) => /^(str|bool)/.test(typeof value) || Number.isFinite(value),
  );
  return Object.fromEntries(
    known.slice(0, 25).map(([name, value]) => [name, value.slice?.(0, 100) ?? value]),
  );
}

SOGLAS_PARTS.tracker = (config, { pages, store, json, saved, runs }) => {
  const services = config.services.filter((service) => service.mode === "gateway");
  let waiting: Waiting[] = [];
  /** Addresses of the last page view, and of the page before it. */
  let seen = "";
  let from = "";
  let busy = false;
  let asked = false;

  const post = (path: string, body: object) =>
    fetch(`${config.gateway}/v1/sites/${config.site}/${path}`, {
      method: "POST",
      body: json(body),
      credentials: "omit",
      referrerPolicy: "strict-origin",
      keepalive: true,
      signal: AbortSignal.timeout(patience),
    });

  const agreed = () => services.some(({ id }) => saved()?.choice?.services[id]);
  /** What may be said of this page; null without a grant that counts here, and on excluded pages. */
  const current = () => (services.some(({ id }) => runs(id)) ? pages.current() : null);

  /** What of the query may be said with the current page's address. */
  function campaign(): string {
    const kept = services.find(({ id, query }) => query && runs(id))?.query;
    if (!kept || !pages.told(location.pathname)) return "";
    const said = location.search.match(new RegExp(kept, "g")) ?? [];
    return said.join("").replace(/^./, "?");
  }

  /** Asks for a token, once per page. Without an answer all stays as it is: the next page asks again. */
  async function renew(): Promise<void> {
    asked = true;
    const { secret, counter } = saved()!;
    const answer = await post("token", { v: 1, secret });
    const { token } = await answer.json();
    // It is of the decision that was in force when it was asked for.
    const now = saved();
    if (answer.ok && agreed() && now?.secret === secret && now.counter === counter)
      store.set("token", token);
  }

  /** False when the gateway has no room now: the next occasion is soon enough. */
  async function send(token: string): Promise<boolean> {
    let events = waiting;
    while (events[1] && json(events).length > heaviest)
      events = events.slice(0, Math.ceil(events.length / 2));
    waiting = waiting.slice(events.length);
    const response = await post("events", {
      v: 1,
      token,
      language: document.documentElement.lang.slice(0, 35),
      width: innerWidth,
      events: events.map(({ at, ...event }) => ({ ...event, age: Date.now() - at })),
    } satisfies EventBatch);
    if (response.ok) {
      const { refused }: EventsAnswer = await response.json();
      if (asked || !(refused.expired_token || refused.bad_token)) return true;
      await renew().catch(() => {});
    }
    // Known not to have been taken, so they may be sent again, if the visitor still agrees.
    if (agreed()) waiting = [...events, ...waiting].slice(0, longest);
    return response.ok;
  }

  /** One request at a time keeps the order. Without an answer nothing is repeated: it may have arrived. */
  async function flush(): Promise<void> {
    if (busy || !waiting[0]) return;
    const token = store.get("token") as string | null;
    // The answer to a decision that is on its way brings one.
    if (!token && (asked || !saved()?.secret || store.list("queue")[0] || store.list("intent")[0]))
      return;
    busy = true;
    const goOn = await (token ? send(token) : renew()).catch(() => true);
    busy = false;
    if (goOn !== false) void flush();
  }

  function event(name: string, params?: object | null): void {
    const page = current();
    if (!page || waiting.length >= longest) return;
    waiting.push({
      at: Date.now(),
      name: `${name}`,
      url: page.url + campaign(),
      referrer: from,
      title: page.title.slice(0, 300),
      params: cleaned(params ?? {}),
    });
    void flush();
  }

  // What still waits behind a request in flight has one more chance; without a token it is dropped.
  addEventListener("pagehide", () => {
    busy = false;
    void flush();
  });
  return {
    event,
    update() {
      const page = current();
      // An excluded page says nothing, but takes nothing back of what was said before it.
      if (!agreed()) waiting = [];
      if (page && page.url !== seen) {
        from = seen || pages.referrer();
        seen = page.url;
        event("page_view");
      }
      void flush();
    },
  };
};
