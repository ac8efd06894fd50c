/**
 * Entry of the script tag: the whole flow of consent in one page. The gateway binds SOGLAS_CONFIG and
 * SOGLAS_PARTS around it; nothing global is left but `window.soglas`.
 */
import type { DecisionControl } from "../gateway/contract/decision.ts";
import type { TagConfig } from "../gateway/contract/widget.ts";
import { announce, publishApi, type Consent } from "./core/api.ts";
import { askedOf } from "./core/asked.ts";
import type { Intent, Recorder } from "./core/core.ts";
import { openGate } from "./core/gate.ts";
import { chooseLanguage } from "./core/language.ts";
import { recorderLoader } from "./core/loader.ts";
import { onNavigate } from "./core/navigation.ts";
import { openPages } from "./core/pages.ts";
import type { Parts } from "./core/parts.ts";
import { drawReopen } from "./core/reopen.ts";
import { openRoots } from "./core/roots.ts";
import { cookieText, decodeSaved, type Saved } from "./core/saved.ts";
import { scriptLoader } from "./core/scripts.ts";
import { openServices } from "./core/services.ts";
import { openStore } from "./core/store.ts";
import type { Choice, View } from "./ui/host.ts";

function start(config: TagConfig, parts: Parts): void {
  // Running twice is harmless: only the queue of early calls is an array.
  if (window.soglas && !Array.isArray(window.soglas)) return;

  const { purposes, services, revision } = config;
  const nonce = document.currentScript?.nonce;
  const load = scriptLoader(nonce);
  // Consent defaults of the vendors are set in here, before anything else.
  const vendors = openServices(config, parts, load);
  const asked = askedOf(config);
  const language = chooseLanguage(config.languages);
  const pages = openPages(config);
  const roots = openRoots();
  const store = openStore(config.site);
  const gpc = !!(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl;
  const nowSeconds = () => Math.floor(Date.now() / 1000);

  const remembered = () => decodeSaved(cookieText(config.cookie.name), config, asked, nowSeconds());
  const intent = () => {
    const waiting = store.get("intent") as Intent | null;
    return waiting?.revision === revision ? waiting : null;
  };
  /** A choice is honoured from the click on, whether or not it could be made cookie and record yet. */
  const read = (): Saved | null => {
    const cookie = remembered();
    const waiting = intent();
    if (!waiting) return cookie;
    return { secret: "", counter: 0, ...cookie, time: waiting.time, choice: waiting.choice };
  };

  let saved = read();
  let shown = false;
  let reopenable = false;
  /** A vendor's tag would tell the path it came from or goes to: off until the next page is loaded. */
  let tagsOff = false;

  const serviceOf = (id: string) => services.find((service) => service.id === id);
  /** Of a purpose or service, the page aside. */
  const granted = (id: string): boolean => {
    const service = serviceOf(id);
    const purpose = service?.purpose ?? id;
    return (
      purposes.some((p) => p.id === purpose && p.essential) ||
      !!saved?.choice?.[service ? "services" : "purposes"][id]
    );
  };
  /** The same, on this page. */
  const runs = (id: string): boolean => {
    const service = serviceOf(id);
    return (
      granted(id) && (!service || (pages.active(service) && !(tagsOff && service.mode === "tag")))
    );
  };

  const consent = (): Consent => ({
    decided: !!saved?.choice,
    granted: [...purposes, ...services].map(({ id }) => id).filter(granted),
  });

  const gate = openGate(runs, nonce);
  const tracker = parts.tracker?.(config, { pages, store, saved: () => saved, runs });

  const withRecorder = recorderLoader(
    {
      config,
      asked,
      store,
      gpc,
      language,
      remembered,
      saved: () => saved,
      intent,
      decide,
      refresh,
      granted,
      stores: vendors.stores,
      addRoot: roots.add,
    },
    () => load(`${config.gateway}/w/${config.site}/${config.config}/${language}.js`),
  );

  /** Makes the page follow what is in force now. True when only a reload surely ends what ran before. */
  function follow(): boolean {
    const reload = vendors.apply(runs, pages.disguise);
    gate.scan();
    tracker?.update();
    return reload;
  }

  /** What is in force has changed, or is known for the first time on this page. */
  function changed(): boolean {
    vendors.consent(granted);
    const reload = follow() || gate.stuck(granted);
    announce(consent());
    return reload;
  }

  /** After a decision, here or in another tab: what withdrawn services have left is removed. */
  function cleanUp(): void {
    const reload = changed();
    withRecorder((recorder) => {
      recorder.sweep();
      if (!reload) return;
      // Once: nothing that could ask for another reload runs after it. The next page sweeps again,
      // for what was written while this one was going.
      store.set("sweep", 1);
      location.reload();
    });
  }

  function refresh(): void {
    const before = JSON.stringify(saved);
    const now = read();
    // A browser that takes no cookies has only this page's memory.
    if (now || navigator.cookieEnabled) saved = now;
    if (JSON.stringify(saved) === before) return tracker?.update();
    if (saved?.choice) settled();
    cleanUp();
  }

  function record(recorder: Recorder): void {
    saved = recorder.record() ?? saved;
  }

  async function decide(choice: Choice, manner: Intent["manner"]): Promise<void> {
    settled();
    // The browser paints first: what the click starts would hold back the answer to it.
    await (window.scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve)));
    // An excluded page is not named, in the proof neither.
    const page = (pages.shown(location.pathname) || "/masked").slice(0, 512);
    store.set("intent", { choice, manner, time: nowSeconds(), page, revision } satisfies Intent);
    saved = read();
    withRecorder(record);
    cleanUp();
  }

  /** What an earlier page, or a gateway that was away, has left to do. */
  function catchUp(): void {
    if (["intent", "queue", "sweep"].some(store.get))
      withRecorder((recorder) => {
        record(recorder);
        recorder.sweep();
        recorder.flush();
      });
  }

  function show(view: View): void {
    shown = true;
    withRecorder((recorder) => {
      if (shown) recorder.show(view);
    });
  }

  /** Nothing needs to be asked: the control that reopens the choices takes the banner's place. */
  function settled(): void {
    if (shown) withRecorder((recorder) => recorder.hide());
    shown = false;
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
    withdraw: () => decideAll("withdraw"),
    event: (name, params) => tracker?.event(name, params),
  });

  onNavigate((from) => {
    const told = (path: string) => pages.shown(path) === path;
    tagsOff ||= !told(from) || !told(location.pathname);
    follow();
  });
  new MutationObserver(() => {
    roots.keep();
    gate.scan();
  }).observe(document, { childList: true, subtree: true });
  document.addEventListener("click", ({ target }) => {
    if ((target as Element).closest("[data-soglas-open]")) open();
  });
  for (const event of ["storage", "pageshow", "visibilitychange", "online"])
    addEventListener(event, () => {
      refresh();
      catchUp();
    });

  if (saved?.choice) changed();
  else follow();
  // A browser that says no by itself is not asked; its visitor may still choose.
  if (saved?.choice || gpc) settled();
  else show("banner");
  catchUp();
}

start(SOGLAS_CONFIG, SOGLAS_PARTS);
