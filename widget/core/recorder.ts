/**
 * The half of the core that only a decision needs, and that travels by itself: writing the cookie, making
 * and sending the record, sweeping what withdrawn services have left, and the visitor's own record.
 */
import type { RecorderConfig } from "../../gateway/contract/widget.ts";
import type { OwnRecord } from "../ui/host.ts";
import { consentIdOf } from "./consent-id.ts";
import { removeCookie, writeCookie } from "./cookies.ts";
import type { Core, Intent, Recorder } from "./core.ts";
import { makeDecision, type OfferedManner } from "./decision.ts";
import { eraseSubject } from "./erase.ts";
import { openHistory } from "./history.ts";
import { toJson } from "./json.ts";
import { openReport } from "./report.ts";
import { encodeSaved, validDays, type Saved } from "./saved.ts";
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
  const history = openHistory(store);
  /** What the last decision of this page remembers, where the browser takes no cookie. */
  let last: Saved | null = null;
  let left: string[] = [];
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
      const newest = core.saved();
      // The token of an older decision may allow what the newest one forbids.
      if (newest?.secret === secret && newest.counter === counter) store.set("token", token);
      core.refresh();
    },
    renamed: history.rename,
    refused({ id, secret, time }, erased) {
      history.keep((recordId) => (erased ? report.waits(recordId) : recordId !== id));
      const saved = inForce();
      // By its time, since a refusal may keep no id.
      if (saved?.time !== time && !(erased && saved?.secret === secret)) return;
      // To be asked again once texts that the gateway knows can be here; and as the same subject, whose
      // earlier records a withdrawal must reach. An erased one is asked as somebody new.
      if (!erased) store.set("unasked", Date.now() + tagLife);
      replace(saved.secret && !erased ? { ...saved, choice: null } : null);
    },
  });

  const inForce = () => core.remembered() ?? last;

  /** What was decided counts no more, and everything stops as in a withdrawal. */
  function replace(saved: Saved | null): void {
    last = saved;
    if (saved) remember(saved);
    else removeCookie(name);
    store.set("token", null);
    core.refresh(saved);
  }

  function remember(saved: Saved): void {
    writeCookie(name, encodeSaved(saved, config, core.asked), validDays(config, saved), domain);
  }

  const own: OwnRecord = {
    consentId: () => consentIdOf(config.site, core.saved()?.secret),
    history: () => history.list(report.waits),
    receiptUrl: (recordId) => `${base}receipts/${recordId}`,
    erasable: () => !!inForce()?.secret,
    async erase() {
      const secret = inForce()?.secret;
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
    store.set("sweep", null);
  };

  return {
    own,
    record(intent) {
      const { choice, manner, before, revision: _, ...circumstances } = intent;
      const { body, saved } = makeDecision(
        { ...config, ...settings },
        core.asked,
        before,
        choice,
        mannerOf(manner),
        circumstances,
      );
      const { secret, counter } = core.saved()!;
      const newest = secret === body.secret && counter === body.counter;
      if (newest) {
        last = saved;
        remember(saved);
      }
      store.set("unasked", null);
      store.set("erased", null);
      history.add(body, saved.secret !== "");
      report.send(body);
      return newest ? saved : null;
    },
    sweep() {
      sweepNow();
      setTimeout(sweepNow, secondSweep);
    },
    flush: () => void report.flush(),
  };
}

function mannerOf(manner: Intent["manner"]): OfferedManner {
  // Side by side in both views; in the preferences the switches are the choosing. In the place of
  // embedded content there is its own consent, and the way to all others.
  if (typeof manner !== "string")
    return {
      ...manner,
      offered: manner.place === "placeholder" ? ["choose"] : ["accept-all", "refuse-all", "choose"],
    };
  const theme = matchMedia("(prefers-color-scheme:dark)").matches ? "dark" : "light";
  return { place: "api", control: manner, offered: [], theme };
}
