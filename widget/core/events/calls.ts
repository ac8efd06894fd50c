/**
 * The functions that vendors' tags give a page, where a service in gateway mode takes a tag's place:
 * `gtag("event", …)`, `dataLayer.push({ event: … })`, `ym(id, "reachGoal", …)`. Calls made before the tag
 * are taken too, in their order and behind the page view; without a grant nothing is made of any.
 *
 * A call becomes an event for the services of the vendor it was meant for, and for no other. What a
 * vendor's own tag has to hear is left where that tag finds it, and nothing else is: none hears of it twice.
 */
import type { TagService } from "../../../gateway/contract/widget.ts";

type Taking = Extract<TagService, { mode: "gateway" }>;
type Values = Record<string, unknown>;
type Ym = NonNullable<typeof window.ym>;

/** Metrika's e-commerce actions (yandex.com/support/metrica/ecommerce/data.html) in GA4's words. */
const actions: Record<string, string> = {
  detail: "view_item",
  add: "add_to_cart",
  remove: "remove_from_cart",
  purchase: "purchase",
};

const { tracker } = SOGLAS_PARTS;

SOGLAS_PARTS.tracker = (config, host) => {
  const { event, update } = tracker!(config, host);
  const taking = config.services.filter(
    (service): service is Taking => service.mode === "gateway" && !!service.calls,
  );

  /** Ids of the services that a call reaches now. @param accounts whom it names; nobody: all of a vendor */
  const reached = (vendor: string, accounts: unknown[]) =>
    taking
      .filter(
        ({ id, calls, ...service }) =>
          service.vendor === vendor &&
          (!accounts[0] || accounts.some((account) => String(account) === String(calls))) &&
          host.runs(id),
      )
      .map(({ id }) => id);

  /** A page may wait for its callback before it goes on; of an id that it asks for there is none. */
  function call(...given: unknown[]): void {
    for (const done of given)
      if (typeof done === "function") setTimeout(() => (done as () => void)());
  }

  function say(name: unknown, values: Values, to: string[], done: unknown): void {
    if (!to[0]) return;
    event(String(name), values, undefined, to);
    call(done);
  }

  /** `{ purchase: { actionField: { id, revenue }, products: [{ id, name, price }] } }` as GA4 has it. */
  function purchased(ecommerce: Values, action: string): Values {
    const { actionField, products } = ecommerce[action] as Record<string, Values | undefined>;
    const items = [products ?? []]
      .flat()
      .map((product) =>
        Object.fromEntries(
          Object.entries(product ?? {}).map(([key, value]) => [
            key.replace(/^(id|name|brand|category|variant)$/, "item_$1"),
            value,
          ]),
        ),
      );
    const { id, revenue } = actionField ?? {};
    return { currency: ecommerce["currencyCode"], value: revenue, transaction_id: id, items };
  }

  /** True when no other tag has to hear it. */
  function fromLayer(entry: unknown): boolean {
    const command = Object.prototype.toString.call(entry) === "[object Arguments]";
    const [kind, called, given, done] = (command ? entry : []) as unknown[];
    if (kind === "get" && called && reached("ga4", [called])[0]) {
      call(done);
      return true;
    }
    const pushed = (command ? {} : (entry ?? {})) as Values & { ecommerce?: Values };
    const name = kind === "event" ? called : pushed["event"];
    const { ecommerce } = pushed;
    const values: Values = {
      ...pushed,
      event: null,
      ecommerce: null,
      ...ecommerce,
      ...(given as Values),
    };
    // The page view is the tracker's, and a tag manager's own events are nobody's.
    if (typeof name === "string" && !/^(page_view$|gtm\.)/.test(name)) {
      const google = reached("ga4", [values["send_to"] ?? []].flat());
      // Metrika reads of e-commerce in the same place.
      const metrika = values["items"] ? reached("metrika", []) : [];
      say(name, values, [...google, ...metrika], values["event_callback"]);
      return (
        !!google[0] &&
        !config.services.some(
          ({ id, vendor, mode }) => vendor === "ga4" && mode === "tag" && host.runs(id),
        )
      );
    }
    for (const action of Object.keys(actions))
      if (ecommerce?.[action])
        say(actions[action], purchased(ecommerce, action), reached("metrika", []), 0);
    return false;
  }

  /** True when the call was for one of ours. */
  function fromMetrika([counter, method, goal, given, done]: unknown[]): boolean {
    const to = reached("metrika", [counter]);
    const values = given as Values | undefined;
    if (method === "reachGoal") say(goal, { value: values?.["order_price"], ...values }, to, done);
    // `getClientID(callback)`, `notBounce(options)`, `hit(url, options)`
    else if (to[0])
      call(goal, ...[goal, given].map((options) => (options as Values | undefined)?.["callback"]));
    return !!to[0];
  }

  function takeLayer(): void {
    const layer = (window.dataLayer ??= []);
    const native = layer.push;
    layer.push = (...entries) =>
      native.apply(
        layer,
        entries.filter((entry) => !fromLayer(entry)),
      );
    layer.push(...layer.splice(0));
    window.gtag ??= function () {
      layer.push(arguments);
    };
  }

  function takeMetrika(): void {
    const early = window.ym?.a ?? [];
    let theirs: Ym | undefined;
    const ours: Ym = function (...call) {
      if (fromMetrika(call)) return;
      if (theirs) theirs(...call);
      else (ours.a ??= []).push(call);
    };
    ours.l = Date.now();
    // Metrika's own script puts itself in this place, and still gets what is its own.
    Object.defineProperty(window, "ym", {
      configurable: true,
      get: () => ours,
      set(value: Ym) {
        if (value !== ours) theirs = value;
      },
    });
    for (const call of early) ours(...(call as Parameters<Ym>));
  }

  let took = false;
  return {
    event,
    update() {
      update();
      if (took) return;
      took = true;
      if (taking.some(({ vendor }) => vendor === "ga4")) takeLayer();
      if (taking.some(({ vendor }) => vendor === "metrika")) takeMetrika();
    },
  };
};
