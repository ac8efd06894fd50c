/**
 * Entry of the script tag: what a page of a visitor who has decided needs. The gateway binds SOGLAS_CONFIG
 * and SOGLAS_PARTS around it; nothing global is left but `window.soglas`.
 */
import type { DecisionControl } from "../gateway/contract/decision.ts";
import type { TagConfig } from "../gateway/contract/widget.ts";
import { announce, publishApi } from "./core/api/api.ts";
import type { Core, Gate, Recorder } from "./core/core.ts";
import { chooseLanguage } from "./core/page/language.ts";
import { loaderOf } from "./core/loader.ts";
import type { Parts } from "./core/parts.ts";
import { drawReopen } from "./core/page/reopen.ts";
import { openRoots } from "./core/page/roots.ts";
import { grantsAny, rememberedChoice, type Saved } from "./core/choice/saved.ts";
import { scriptLoader } from "./core/page/scripts.ts";
import { openServices } from "./core/services/services.ts";
import type { Consent, Soglas } from "./core/api/soglas.ts";
import { openStore } from "./core/store.ts";
import { openPolicy } from "./core/page/trusted.ts";
import type { InterfaceHandle, View } from "./ui/host.ts";

function start(config: TagConfig, parts: Parts): void {
  // Running twice is harmless. An element of the page with this id would be found here too.
  if (typeof (window.soglas as Partial<Soglas> | undefined)?.refuse === "function") return;

  const nonce = document.currentScript?.nonce;
  const policy = openPolicy();
  const load = scriptLoader(nonce, policy);
  // Consent defaults of the vendors are set in here, before anything else.
  const vendors = openServices(config, parts, load);
  const language = chooseLanguage(config.languages);
  const rules = parts.rules?.(config);
  const pages = rules?.pages;
  const roots = openRoots();
  const store = openStore(config.site);
  const gpc = !!(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl;

  const remembered = () => rememberedChoice(config, store) ?? parts.standing ?? null;
  /** What a script of the page has refused or taken back is out of force before the interface can record it. */
  const inForce = (): Saved | null => {
    const saved = remembered();
    return store.list("due.stop")[0]
      ? { secret: "", counter: 0, time: 0, ...saved, choice: {} }
      : saved;
  };
  let saved = inForce();
  const granted = (id: string) =>
    // Every object has a `constructor`.
    config.always.includes(id) || saved?.choice?.[id] === true;
  const consent = (): Consent => ({
    decided: !!saved?.choice,
    granted: config.always.concat(config.asked).filter(granted),
  });

  /** Tells two states apart, whatever the page has made of `JSON.stringify`. */
  const state = () => `${saved?.choice && 1}${consent().granted}`;
  /** What the page follows. A decision is followed anew on each page. */
  let followed = saved?.choice ? "" : state();

  /** Granted, and active on this page. */
  const runs = (id: string): boolean => {
    const service = pages && config.services.find((each) => each.id === id);
    return granted(id) && (!service || pages.active(service));
  };
  const tracker = rules && parts.tracker?.(config, { ...rules, store, saved: () => saved, runs });

  const core: Core = {
    config,
    store,
    gpc,
    remembered,
    saved: () => saved,
    page: () => (pages ? pages.shown(location.pathname) : location.pathname),
    refresh,
    granted,
    runs,
    nonce,
    policy,
    addRoot: roots.add,
    withRecorder: (task) => withRecorder(task),
  };
  const scripts = `${config.gateway}/w/${config.site}/${config.config}/${language}`;
  /** A script that could not be had would have swept first. A choice that only this page remembers would not survive. */
  const failed = () => {
    if (store.lasting()) leave();
  };
  const withInterface = loaderOf<InterfaceHandle>(
    core,
    () => parts.face?.() ?? load(`${scripts}.js`),
    failed,
  );
  const withRecorder = loaderOf<Recorder>(core, () => load(`${scripts}/record.js`), failed);
  const withGate = loaderOf<Gate>(core, () => load(`${scripts}/gate.js`));
  let gate = parts.gate?.(core);
  let gateAsked = false;

  /** What opens marked elements is had once one of them may run, and from then on sees to them all. */
  function scan(): void {
    if (gate) return gate.scan();
    const marked = document.querySelectorAll<HTMLElement>("[data-consent]");
    if (gateAsked || ![...marked].some(({ dataset }) => runs(dataset.consent!))) return;
    gateAsked = true;
    withGate((opened) => {
      gate = opened;
      scan();
    });
  }

  /** Something runs that only a reload surely ends. */
  let ends = false;

  function reload(): void {
    // The next page sweeps again, for what was written while this one was going.
    store.set("due.sweep", 1);
    location.reload();
  }

  /** Once: nothing that could ask for another reload runs after it. */
  function leave(): void {
    if (ends) reload();
    ends = false;
  }

  /** Makes the page follow what is in force now. True when only a reload surely ends what ran before. */
  function follow(): boolean {
    const reload = vendors.apply(runs, () => pages?.disguise() ?? {});
    scan();
    tracker?.update();
    return reload;
  }

  /** What is in force has changed, or is known for the first time on this page. */
  function changed(): boolean {
    followed = state();
    const stopped = vendors.consent(granted, runs);
    const reload = follow() || stopped || !!gate?.stuck(granted);
    announce(consent());
    return reload;
  }

  /** After a decision, here or in another tab, what withdrawn services have left is removed. */
  function refresh(): void {
    saved = inForce();
    if (state() === followed) tracker?.update();
    else {
      if (saved?.choice) {
        if (asking) withInterface((shown) => shown.hide());
        asking = false;
        offerReopening();
      }
      ends = changed() || ends;
      withRecorder((recorder) => recorder.sweep());
    }
    if (ends) withRecorder(leave);
  }

  const catchUp = (recorder: Recorder) => recorder.catchUp();

  /** What an earlier page, or a gateway that was away, has left to do. */
  function occasion(): void {
    // The last where consent has lapsed, or was given under other texts.
    const due = store.list("due")[0] ?? (!saved?.choice && store.list("history")[0]);
    withRecorder(due ? catchUp : undefined);
    withInterface();
    withGate();
  }

  let asking = false;
  let reopenable = false;

  function show(view: View): void {
    asking = true;
    withInterface((shown) => {
      if (asking) shown.show(view);
    });
  }
  const open = () => show("preferences");

  /** Where nothing needs to be asked, the control that reopens the choices takes the banner's place. */
  function offerReopening(): void {
    if (reopenable || !config.reopen) return;
    reopenable = true;
    const { side, label } = config.reopen;
    drawReopen(roots.add("soglas-reopen"), side, label[language]!, open);
  }

  async function end(control: DecisionControl): Promise<void> {
    // Whichever tab or later page makes a record of it, by this key it is the same one.
    store.set(`due.stop.${Date.now()}.${Math.random()}`, control);
    store.set("token", null);
    refresh();
    withRecorder((recorder) => recorder.record());
  }

  /** What may still grant something: an acceptance on its way, a profile in force that is not known yet. */
  let pending = +!!parts.profile;
  publishApi({
    consent,
    has: granted,
    open,
    async accept() {
      pending += 1;
      let before: string | undefined;
      await new Promise<void>((done) => {
        withInterface((shown) => {
          // What was decided while this waited, in whichever tab, is the visitor's later word.
          done(!before || before === JSON.stringify(inForce()) ? shown.acceptAll() : undefined);
        });
        before = JSON.stringify(inForce());
      });
      pending -= 1;
    },
    refuse: () => end("refuse-all"),
    withdraw: async () => {
      if (pending || grantsAny(saved?.choice)) await end("withdraw");
    },
    event: (name, params) => tracker?.event(name, params),
    token: () => (grantsAny(saved?.choice) ? (store.get("token") as string | null) : null),
  });
  parts.frames?.(core, load);
  const look = rules?.onNavigate((from) => {
    rules.pages.moved(from);
    // A tag that still runs would tell where the visitor is now.
    if (follow() && !rules.pages.told(location.pathname)) reload();
  });
  new MutationObserver(() => {
    look?.();
    roots.keep();
    scan();
  }).observe(document, { childList: true, subtree: true });

  function begin(): void {
    if (parts.profile) pending -= 1;
    saved = inForce();
    // What another tab has just done is followed, and left to that tab to record.
    addEventListener("storage", refresh);
    for (const event of ["pageshow", "visibilitychange", "online"])
      addEventListener(event, () => {
        refresh();
        occasion();
      });
    const decided = !!saved?.choice;
    // A browser that says no by itself is not asked, and nobody whom the texts at hand have just failed;
    // such a visitor may still choose. Before the vendors: what breaks there takes no control away.
    if (decided || gpc || (store.get("unasked") as number) > Date.now()) offerReopening();
    else show("banner");
    occasion();
    if (state() !== followed) {
      // Only what was accepted since the start, and ended elsewhere, has something to end.
      ends = changed() || ends;
      if (ends) withRecorder(leave);
    } else if (!decided) follow();
  }

  // What is remembered here may be out of force by what is still being asked for.
  saved = null;
  if (!parts.profile?.(core, begin)) begin();
}

start(SOGLAS_CONFIG, SOGLAS_PARTS);
