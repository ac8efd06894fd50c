/**
 * Entry of the script tag: the whole flow of consent in one page. The gateway binds SOGLAS_CONFIG and
 * SOGLAS_PARTS around it; nothing global is left but `window.soglas`.
 */
import type { DecisionControl } from "../gateway/contract/decision.ts";
import type { TagConfig } from "../gateway/contract/widget.ts";
import { announce, publishApi } from "./core/api.ts";
import { askedOf } from "./core/asked.ts";
import { choiceInForce, isGranted, rememberedChoice, waitingChoice } from "./core/choice.ts";
import type { Intent, Recorder, Core } from "./core/core.ts";
import { openGate } from "./core/gate.ts";
import { chooseLanguage } from "./core/language.ts";
import { loaderOf } from "./core/loader.ts";
import { newId } from "./core/new-id.ts";
import type { Parts } from "./core/parts.ts";
import { drawReopen } from "./core/reopen.ts";
import { openRoots } from "./core/roots.ts";
import { grantsAny, type Saved } from "./core/saved.ts";
import { scriptLoader } from "./core/scripts.ts";
import { openServices } from "./core/services.ts";
import type { Consent, Soglas } from "./core/soglas.ts";
import { openStore } from "./core/store.ts";
import { openPolicy } from "./core/trusted.ts";
import type { Choice, InterfaceHandle, View } from "./ui/host.ts";

function start(config: TagConfig, parts: Parts): void {
  // Running twice is harmless. An element of the page with this id would be found here too.
  if (typeof (window.soglas as Partial<Soglas> | undefined)?.refuse === "function") return;

  const nonce = document.currentScript?.nonce;
  const policy = openPolicy();
  const load = scriptLoader(nonce, policy);
  // Consent defaults of the vendors are set in here, before anything else.
  const vendors = openServices(config, parts, load);
  const asked = askedOf(config);
  const language = chooseLanguage(config.languages);
  const rules = parts.rules?.(config);
  const pages = rules?.pages;
  const roots = openRoots();
  const store = openStore(config.site);
  const gpc = !!(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl;

  const remembered = () => rememberedChoice(config, asked) ?? parts.standing ?? null;
  const intent = () => waitingChoice(config, store);
  const current = (known = remembered()) => choiceInForce(known, intent());
  let saved = current();
  /** Keys of the choices that this tab makes records of: its own, and what tabs that are gone have left. */
  const mine = store.list("intent");
  const granted = (id: string) => isGranted(config, saved, id);
  const consent = (): Consent => ({
    decided: !!saved?.choice,
    granted: [...config.purposes, ...config.services].map(({ id }) => id).filter(granted),
  });

  /** Granted, and active on this page. */
  const runs = (id: string): boolean => {
    const service = config.services.find((each) => each.id === id);
    return granted(id) && (!service || !pages || pages.active(service));
  };
  const gate = openGate(runs, nonce, policy);
  const tracker = rules && parts.tracker?.(config, { ...rules, store, saved: () => saved, runs });

  const core = (): Core => ({
    config,
    asked,
    store,
    remembered,
    saved: () => saved,
    decide,
    refresh,
    granted,
    addRoot: roots.add,
    withRecorder,
  });
  const scripts = `${config.gateway}/w/${config.site}/${config.config}/${language}`;
  const withInterface = loaderOf<InterfaceHandle>(core, () => load(`${scripts}.js`));
  const withRecorder = loaderOf<Recorder>(
    core,
    () => load(`${scripts}/record.js`),
    () => {
      // It would have swept first. A choice that only this page remembers would not survive.
      if (endsHere && kept) reload();
    },
  );
  /** Something runs that only a reload surely ends. */
  let endsHere = false;
  /** Whether the next page will know of what was decided on this one. */
  let kept = true;

  /** Once: nothing that could ask for another reload runs after it. */
  function reload(): void {
    endsHere = false;
    // The next page sweeps again, for what was written while this one was going.
    store.set("sweep", 1);
    location.reload();
  }

  /** Makes the page follow what is in force now. True when only a reload surely ends what ran before. */
  function follow(): boolean {
    const reload = vendors.apply(runs, () => pages?.disguise() ?? {});
    gate.scan();
    tracker?.update();
    return reload;
  }

  /** What is in force has changed, or is known for the first time on this page. */
  function changed(): boolean {
    const stopped = vendors.consent(granted, runs);
    const reload = follow() || stopped || gate.stuck(granted);
    announce(consent());
    return reload;
  }

  /** After a decision, here or in another tab: what withdrawn services have left is removed. */
  function cleanUp(): void {
    endsHere = changed() || endsHere;
    withRecorder((recorder) => {
      recorder.sweep();
      if (endsHere) reload();
    });
  }

  function refresh(known?: Saved | null): void {
    const before = JSON.stringify(consent());
    const now = current(known);
    // A browser that takes no cookies has only this page's memory.
    if (now || known === null || navigator.cookieEnabled) saved = now;
    if (JSON.stringify(consent()) === before) return tracker?.update();
    if (saved?.choice) settled();
    cleanUp();
  }

  async function decide(choice: Choice, manner: Intent["manner"]): Promise<void> {
    settled();
    // The browser paints first: what the click starts would hold back the answer to it.
    await (window.scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve)));
    // Another tab may have decided meanwhile.
    refresh();
    const now = Date.now();
    const id = newId();
    const key = `intent.${now}.${id}`;
    store.set("token", null);
    kept = store.set(key, {
      id,
      secret: newId(),
      before: saved,
      choice,
      manner,
      time: Math.floor(now / 1000),
      // An excluded page is not named, in the proof neither.
      page: ((pages ? pages.shown(location.pathname) : location.pathname) || "/masked").slice(
        0,
        512,
      ),
      revision: config.revision,
      config: config.config,
      language,
      viewport: innerWidth > 480 ? "wide" : "narrow",
      gpc,
    } satisfies Intent);
    mine.push(key);
    saved = current();
    withRecorder(record);
    cleanUp();
  }

  function record(recorder: Recorder): void {
    for (const key of mine.splice(0)) {
      const intent = store.get(key) as Intent | null;
      // Texts that are no longer asked about cannot be answered.
      if (intent?.revision === config.revision) saved = recorder.record(intent) ?? saved;
      store.set(key, null);
    }
  }

  function catchUp(recorder: Recorder): void {
    record(recorder);
    recorder.sweep();
    recorder.flush();
  }

  /** What an earlier page, or a gateway that was away, has left to do. */
  function occasion(): void {
    const due = mine[0] || store.list("queue")[0] || store.get("sweep");
    withRecorder(due ? catchUp : undefined);
    withInterface();
  }

  let asking = false;
  let reopenable = false;

  function show(view: View): void {
    asking = true;
    withInterface((shown) => {
      if (asking) shown.show(view);
    });
  }

  /** Nothing needs to be asked: the control that reopens the choices takes the banner's place. */
  function settled(): void {
    if (asking) withInterface((shown) => shown.hide());
    asking = false;
    if (reopenable || !config.reopen) return;
    reopenable = true;
    const { side, label } = config.reopen;
    drawReopen(roots.add("soglas-reopen"), side, label[language]!, open);
  }

  const open = () => show("preferences");
  const decideAll = (control: DecisionControl) => {
    const all = (ids: string[]) =>
      Object.fromEntries(ids.map((id) => [id, control === "accept-all"]));
    return decide({ purposes: all(asked.purposes), services: all(asked.services) }, control);
  };

  publishApi({
    consent,
    has: granted,
    open,
    accept: () => decideAll("accept-all"),
    refuse: () => decideAll("refuse-all"),
    async withdraw() {
      if (grantsAny(saved?.choice)) await decideAll("withdraw");
    },
    event: (name, params) => tracker?.event(name, params),
    token: () => (saved?.choice ? (store.get("token") as string | null) : null),
  });
  parts.frames?.(core(), load);
  const look = rules?.onNavigate((from) => {
    rules.pages.moved(from);
    // A tag that still runs would tell where the visitor is now.
    if (follow() && !rules.pages.told(location.pathname)) reload();
  });
  new MutationObserver(() => {
    look?.();
    roots.keep();
    gate.scan();
  }).observe(document, { childList: true, subtree: true });
  // What another tab has just done is followed, and left to that tab to record.
  addEventListener("storage", () => refresh());
  for (const event of ["pageshow", "visibilitychange", "online"])
    addEventListener(event, () => {
      refresh();
      occasion();
    });

  function begin(): void {
    saved = current();
    const decided = !!saved?.choice;
    if (decided) changed();
    else follow();
    // A browser that says no by itself is not asked, and nobody whom the texts at hand have just failed;
    // such a visitor may still choose.
    if (decided || gpc || (store.get("unasked") as number) > Date.now()) settled();
    else show("banner");
    // Consent has lapsed, or was given under other texts.
    if (!decided && store.list("history")[0]) withRecorder((recorder) => recorder.sweep());
    occasion();
  }

  if (!parts.profile?.(core(), begin)) begin();
}

start(SOGLAS_CONFIG, SOGLAS_PARTS);
