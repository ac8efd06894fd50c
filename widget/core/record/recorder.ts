/**
 * The half of the core that only a decision needs, and that travels by itself: writing the cookie, making
 * and sending the record, sweeping what withdrawn services have left, and the visitor's own record.
 */
import type { DecisionControl } from "../../../gateway/contract/decision.ts";
import type { RecorderConfig } from "../../../gateway/contract/widget.ts";
import type { OwnRecord } from "../../ui/host.ts";
import { consentIdOf } from "./consent-id.ts";
import { removeCookie, writeCookie } from "./cookies.ts";
import type { Core, Intent, Recorder } from "../core.ts";
import { makeDecision } from "./decision.ts";
import { eraseSubject } from "./erase.ts";
import { openHistory } from "./history.ts";
import { toJson } from "../json.ts";
import { keepOverReloads } from "./over-reloads.ts";
import { openReport } from "./report.ts";
import { note } from "../choice/decide.ts";
import { encodeSaved } from "../choice/encode.ts";
import { newId } from "../choice/new-id.ts";
import { cookieText, validDays, type Saved } from "../choice/saved.ts";
import { chooseLanguage } from "../page/language.ts";
import { sweep } from "./sweep.ts";

/** Vendors' tags write behind our back for a moment: when to sweep for the second time, milliseconds. */
const secondSweep = 1000;

/** Caches may keep a tag for as long: milliseconds. */
const tagLife = 300_000;

/** @param settings of the site, which only a decision needs */
export function openRecorder(
  core: Core,
  settings: RecorderConfig,
): Omit<Recorder, "mine"> & { own: OwnRecord } {
  const { config, store } = core;
  const { cookie: name } = config;
  const { domain } = settings;
  const base = `${config.gateway}/v1/sites/${config.site}/`;
  keepOverReloads(store, config.site);
  const history = openHistory(store);
  let left: string[] = [];
  let sent = () => {};
  let timer: ReturnType<typeof setTimeout>;

  const report = openReport({
    url: `${base}consents`,
    store,
    json: toJson,
    fetch: (...request) => fetch(...request),
    now: () => Date.now(),
    later(run, delay) {
      clearTimeout(timer);
      timer = setTimeout(run, delay);
    },
    acknowledged({ secret, counter }, { token }) {
      const newest = core.remembered();
      // The token of an older decision may allow what the newest one forbids.
      // What waits to be recorded as ended has ended.
      const ended = store.list("due.stop")[0];
      if (!ended && newest?.secret === secret && newest.counter === counter)
        store.set("token", token);
      core.refresh();
      sent();
    },
    renamed: history.rename,
    refused({ id, secret, time }, erased) {
      history.keep((recordId) => (erased ? report.waits(recordId) : recordId !== id));
      const saved = core.remembered();
      // By its time, since a refusal may keep no id.
      if (saved?.time !== time && !(erased && saved?.secret === secret)) return;
      // To be asked again once texts that the gateway knows can be here; and as the same subject, whose
      // earlier records a withdrawal must reach. An erased one is asked as somebody new.
      if (!erased) store.set("unasked", Date.now() + tagLife);
      replace(saved.secret && !erased ? { ...saved, choice: null } : null);
    },
  });

  /** What was decided counts no more, and everything stops as in a withdrawal. */
  function replace(saved: Saved | null): void {
    store.set("choice", null);
    if (saved) remember(saved);
    else removeCookie(name);
    store.set("token", null);
    core.refresh();
  }

  /** In the cookie; in the store where the site wishes it so, or the browser takes no cookie. */
  function remember(saved: Saved): void {
    const text = encodeSaved(saved, config);
    // An older one may be there from when the site kept its choices in cookies.
    if (settings.local) removeCookie(name);
    else writeCookie(name, text, validDays(config, saved), domain);
    const { revision } = config;
    store.set("choice", cookieText(name) === text ? null : { ...saved, revision });
  }

  const own: OwnRecord = {
    consentId: () => consentIdOf(config.site, core.remembered()?.secret),
    history: () => history.list(report.waits),
    onSent(listener) {
      sent = listener;
    },
    receiptUrl: (recordId) => `${base}receipts/${recordId}`,
    erasable: () => !!core.remembered()?.secret,
    async erase() {
      const secret = core.remembered()?.secret;
      // What is still on its way would arrive after the erasure, as the first record of somebody new.
      await report.flush();
      if (!secret || report.waits(secret)) return false;
      if (!(await eraseSubject(`${base}subject`, secret))) return false;
      history.keep(report.waits);
      store.set("erased", 1);
      replace(null);
      return true;
    },
    leftBehind: () => left,
  };

  const sweepNow = () => {
    const stores = (granted: boolean) =>
      config.services
        .filter(({ id }) => core.granted(id) === granted)
        .flatMap(({ id }) => settings.stores[id] ?? []);
    // A vendor's cookie stays as long as one of its services may keep it.
    const kept = new Set(stores(true).map(String));
    left = sweep(stores(false).filter((stored) => !kept.has(String(stored))));
    store.set("due.sweep", null);
  };

  /**
   * Makes decisions of what scripts of the page have ended, `due.stop.<Unix milliseconds>.<random number>`. Two
   * tabs may do so at once: what they make has the same record id, of which the gateway takes one.
   */
  function conclude(): void {
    const theme = matchMedia("(prefers-color-scheme:dark)").matches ? "dark" : "light";
    for (const key of store.list("due.stop")) {
      const [at, random] = key
        .slice("due.stop.".length)
        .split(/\.(.+)/)
        .map(Number);
      const control = store.get(key) as DecisionControl;
      const id = newId(new Uint8Array(Float64Array.of(at!, random!).buffer));
      const language = chooseLanguage(config.languages);
      const refused = Object.fromEntries(config.asked.map((id) => [id, false]));
      const manner = { place: "api", control, theme } as const;
      note(core, { language }, refused, manner, Math.floor(at! / 1000), id);
      store.set(key, null);
    }
  }

  function record(): void {
    conclude();
    for (const key of store.list("due.intent")) {
      const intent = store.get(key) as Intent | null;
      store.set(key, null);
      if (!intent?.choice) continue;
      const { body, saved } = makeDecision(settings, intent);
      const newest = core.remembered();
      // What was answered to other texts is recorded as that, and asked again.
      const answered = intent.choice.revision === config.revision;
      if (newest?.secret === body.secret && newest.counter === body.counter)
        remember(answered ? saved : { ...saved, choice: null });
      store.set("unasked", null);
      store.set("erased", null);
      if (settings.unrecorded) continue;
      history.add(body, saved.secret !== "");
      report.send(body);
    }
    core.refresh();
  }

  function sweepTwice(): void {
    sweepNow();
    setTimeout(sweepNow, secondSweep);
  }

  return {
    own,
    record,
    sweep: sweepTwice,
    catchUp() {
      record();
      sweepTwice();
      if (!settings.unrecorded) void report.flush();
    },
  };
}
