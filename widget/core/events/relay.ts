/**
 * Profile `direct`: Google's own tag runs in the page and sends its hits to the gateway, with the visitor's
 * event token in every one of them. Without a token it does not run at all: what it sent would be dropped.
 */
import { grantsAny } from "../choice/saved.ts";
import type { Vendor } from "../parts.ts";

/** A token counts for 30 days, and a page may stay open: milliseconds after which another is asked for. */
const fresh = 25 * 86_400_000;

const { ga4, tracker } = SOGLAS_PARTS;
type Ga4 = ReturnType<NonNullable<typeof ga4>>;
type Service = Ga4 extends Vendor<infer S> ? S : never;

/** Starts that wait for a token, by service. */
const waiting = new Map<Service, (token: string) => void>();

SOGLAS_PARTS.ga4 = (config, load) => {
  const vendor = ga4!(config, load);
  return {
    ...vendor,
    start(service, disguise) {
      const { server } = service;
      if (!server) return vendor.start(service, disguise);
      waiting.set(service, (soglas_token) =>
        vendor.start(service, disguise, { server_container_url: server, soglas_token }),
      );
    },
    stop(service) {
      waiting.delete(service);
      return vendor.stop(service);
    },
  };
};

SOGLAS_PARTS.tracker = (config, host) => {
  const inner = tracker?.(config, host);
  const { json, saved, store } = host;
  let asked = false;

  async function ask(secret: string, counter: number): Promise<void> {
    const answer = await fetch(`${config.gateway}/v1/sites/${config.site}/token`, {
      method: "POST",
      body: json({ v: 1, secret }),
      credentials: "omit",
      referrerPolicy: "strict-origin",
    });
    const { token } = await answer.json();
    // It is of the decision that was in force when it was asked for.
    const now = saved();
    if (!answer.ok || now?.secret !== secret || now.counter !== counter) return;
    // Withdrawn meanwhile, and not recorded yet.
    if (!grantsAny(now.choice)) return;
    store.set("token", token);
    store.set("renewed", Date.now());
  }

  function hand(): void {
    if (!waiting.size) return;
    const { secret, counter, time } = saved()!;
    const token = store.get("token") as string | null;
    const since = Math.max(store.get("renewed") as number, time * 1000);
    if (!asked && !(token && since > Date.now() - fresh)) {
      // The answer to a decision that is on its way brings one.
      if (!secret || store.list("due")[0]) return;
      asked = true;
      void ask(secret, counter)
        .catch(() => {})
        .then(hand);
    } else if (token) {
      for (const start of waiting.values()) start(token);
      waiting.clear();
    }
  }

  return {
    event: (...said) => inner?.event(...said),
    update() {
      inner?.update();
      hand();
    },
  };
};
