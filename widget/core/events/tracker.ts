/**
 * Gateway mode: page views, goals, links that lead away and time spent go to the gateway, which cleans
 * them before any vendor sees them. Without a grant nothing is even remembered. Between the click and the
 * token events wait in memory, never in storage, and are gone when the page is.
 */
import type { EventBatch, EventsAnswer } from "../../../gateway/contract/events.ts";
import type { EventDetails, EventParams } from "../api/soglas.ts";

/** As many as one request may carry. */
const longest = 20;

/** Characters of one request's events: in any script less than the 32 kB that the gateway takes. */
const heaviest = 10_000;

/** A request without an answer must not hold back what follows it for ever: milliseconds. */
const patience = 30_000;

/** A visit of a moment is no attention: milliseconds. */
const moment = 1000;

/** Downloads: what Google's tag counts as one most often (support.google.com/analytics/answer/9216061). */
const files = /\.(csv|docx?|mp[34]|pdf|pptx?|xlsx?|zip)$/i;

interface Waiting {
  at: number;
  name: string;
  url: string;
  referrer: string;
  title: string;
  params: EventParams;
  items: EventParams[];
  to: string[] | undefined;
}

/** What the contract takes; anything else would cost the whole event, or all of them. */
function cleaned(values: unknown): EventParams {
  const known = Object.entries(values ?? {}).filter(
    ([name, value]) =>
      /^[a-z]\w{0,39}$/i.test(name) && (/^(str|bool)/.test(typeof value) || Number.isFinite(value)),
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
  /** The page that is looked at, and since when: not a number while it is hidden. */
  let view: ReturnType<typeof current>;
  let shown: string | undefined;
  let since = NaN;
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

  const agreed = () => services.some(({ id }) => saved()?.choice?.[id]);

  /** What of the query may be said with the current page's address. */
  function campaign(): string {
    const kept = services.find(({ id, query }) => query && runs(id))?.query;
    if (!kept || !pages.told(location.pathname)) return "";
    const said = location.search.match(new RegExp(kept, "g")) ?? [];
    return said.join("").replace(/^./, "?");
  }

  /** What may be said of this page; undefined without a grant that counts here, and on excluded pages. */
  function current() {
    if (!services.some(({ id }) => runs(id))) return;
    const { url, title } = pages.current();
    return { url: url + campaign(), title: title.slice(0, 300) };
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
      events = events.slice(0, events.length >> 1);
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
    // Not taken for now, so they are sent again, if the visitor still agrees; too large they always are.
    if (agreed() && response.status !== 413) waiting = [...events, ...waiting].slice(0, longest);
    return response.ok;
  }

  /** One request at a time keeps the order. Without an answer nothing is repeated: it may have arrived. */
  async function flush(): Promise<void> {
    // What is known not to leave is not sent: it waits for the line to come back.
    if (busy || !waiting[0] || !navigator.onLine) return;
    const token = store.get("token") as string | null;
    // The answer to a decision that is on its way brings one.
    if (!token && (asked || !saved()?.secret || store.list("due")[0])) return;
    busy = true;
    const goOn = await (token ? send(token) : renew()).catch(() => true);
    busy = false;
    if (goOn !== false) void flush();
  }

  function event(name: string, params?: object | null, page = current(), to?: string[]): void {
    if (!page || !current() || waiting.length >= longest) return;
    const items = [(params as EventDetails)?.["items"] ?? []].flat().slice(0, 50).map(cleaned);
    waiting.push({
      ...page,
      at: Date.now(),
      name: `${name}`,
      referrer: from,
      params: cleaned(params),
      items,
      to,
    });
    void flush();
  }

  /** Says how long the page was looked at, and begins anew. */
  function look(): void {
    const now = Date.now();
    if (view && now - since >= moment)
      event("user_engagement", { engagement_time_msec: now - since }, view);
    since = document.hidden ? NaN : now;
  }

  // A page that is left is hidden first, and may be gone then: what waits behind a request in flight has
  // one more chance.
  addEventListener("visibilitychange", () => {
    look();
    busy = false;
    void flush();
  });
  addEventListener(
    "click",
    ({ target }) => {
      const link = (target as Element).closest?.<HTMLAnchorElement>("a[href]");
      if (!link?.host) return;
      const file_extension = link.pathname.match(files)?.[1];
      if (file_extension) event("file_download", { file_extension });
      else if (link.host !== location.host) event("click", { outbound: true });
    },
    true,
  );

  return {
    event,
    update() {
      const page = current();
      // An excluded page says nothing, but takes nothing back of what was said before it.
      if (!agreed()) waiting = [];
      const path = page?.url.split("?")[0];
      if (path !== shown) {
        look();
        view = page;
        shown = path;
        if (path && path !== seen) {
          from = seen || pages.referrer();
          seen = path;
          event("page_view");
        }
      }
      void flush();
    },
  };
};
