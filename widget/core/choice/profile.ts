/**
 * Part of the tag of a site with several jurisdiction profiles, or with one under which nothing is asked:
 * finds which is in force, and lets services run under `us` and `none` until the visitor opts out.
 *
 * In this order: what the tag's element names (`data-jurisdiction`), if the site has it; what the gateway
 * says by the visitor's country, where it is asked; the strictest of the site's while there is no answer.
 */
import type { RegionAnswer } from "../../../gateway/contract/decision.ts";
import type { Jurisdiction } from "../../../gateway/contract/site.ts";
import { toJson } from "../json.ts";
import { chooseLanguage } from "../page/language.ts";
import { drawOptOut } from "./opt-out.ts";
import type { Saved } from "./saved.ts";

/** What the interface waits for, milliseconds: after it the strictest profile stays in force. */
const patience = 2000;

/** Milliseconds. */
const day = 86_400_000;

SOGLAS_PARTS.profile = (core, begin) => {
  const { config, store } = core;
  const { all, optOut, own, region } = config.profiles!;
  const base = `${config.gateway}/v1/sites/${config.site}/`;
  const language = chooseLanguage(config.languages);
  const { globalPrivacyControl: gpc } = navigator as { globalPrivacyControl?: boolean };
  const known = (profile?: string): profile is Jurisdiction =>
    all.includes(profile as Jurisdiction);
  const named = document.currentScript?.dataset.jurisdiction;

  // A choice may be recorded on a later page, where another profile may be in force.
  const { set } = store;
  store.set = (key, value) =>
    set(
      key,
      all[1] && value && key.startsWith("due.intent.")
        ? { jurisdiction: config.applied, ...value }
        : value,
    );

  if (known(named)) start(named, "page");
  else if (!region) start(own, "site");
  else {
    config.applied = { profile: all[0]!, by: "site" };
    if (core.remembered()?.choice) begin();
    else void ask();
  }
  return true;

  async function ask(): Promise<void> {
    let profile: string | undefined;
    try {
      const answer = await fetch(`${base}region`, {
        credentials: "omit",
        referrerPolicy: "strict-origin",
        signal: AbortSignal.timeout(patience),
      });
      const { jurisdiction }: RegionAnswer = await answer.json();
      if (answer.ok) profile = jurisdiction;
    } catch {
      // Away, blocked or garbled: whoever is nowhere known is asked as strictly as can be.
    }
    if (known(profile)) start(profile, "region");
    else begin();
  }

  function start(profile: Jurisdiction, by: "site" | "page" | "region"): void {
    config.applied = { profile, by };
    // A browser that says no by itself has opted out.
    if (gpc || (profile !== "us" && profile !== "none")) return begin();
    const choice = Object.fromEntries(config.asked.map((id) => [id, true]));
    const standing = { secret: "", counter: 0, time: 0, choice };
    SOGLAS_PARTS.standing = standing;
    const { reopen } = config;
    const words = profile === "us" && optOut?.[language];
    // The control that opts out stands where the choices are reopened afterwards.
    if (words) delete config.reopen;
    try {
      begin();
    } finally {
      // What breaks in a vendor's part takes no control away.
      if (reopen) config.reopen = reopen;
      if (words && reopen && core.saved() === standing) drawOptOut(core, reopen.side, words);
    }
    if (core.saved() !== standing) return;
    if (config.services.some((service) => service.mode === "gateway" || "server" in service))
      void obtain(profile, standing);
  }

  /** The day's token, which is the same for everybody. */
  async function obtain(profile: Jurisdiction, standing: Saved): Promise<void> {
    const today = Math.floor(Date.now() / day);
    if (store.get("token") && store.get("token-day") === today) return;
    const answer = await fetch(`${base}token`, {
      method: "POST",
      body: toJson({ v: 1, profile }),
      credentials: "omit",
      referrerPolicy: "strict-origin",
    }).catch(() => null);
    if (!answer?.ok) return;
    const { token } = await answer.json();
    // Opted out meanwhile, here or in another tab.
    if (core.saved() !== standing) return;
    store.set("token", token);
    store.set("token-day", today);
    store.set("renewed", Date.now());
    core.refresh();
  }
};
