/**
 * Entry of the script tag: the whole flow of consent in one page. The gateway binds SOGLAS_CONFIG and
 * SOGLAS_PARTS around it; nothing global is left but `window.soglas`.
 */
import type { TagConfig, TagService } from "../gateway/contract/widget.ts";
import { emit, publishApi, type Consent } from "./core/api.ts";
import { askedOf } from "./core/asked.ts";
import { consentIdOf } from "./core/consent-id.ts";
import { openCookie } from "./core/cookies.ts";
import { choiceOfAll, makeDecision, newId } from "./core/decision.ts";
import { openGate } from "./core/gate.ts";
import { openHistory } from "./core/history.ts";
import { openInterface } from "./core/interface.ts";
import { chooseLanguage } from "./core/language.ts";
import { onNavigate } from "./core/navigation.ts";
import { openPages } from "./core/pages.ts";
import type { Parts } from "./core/parts.ts";
import { drawReopen } from "./core/reopen.ts";
import { openReport } from "./core/report.ts";
import { openRoots } from "./core/roots.ts";
import { scriptLoader } from "./core/scripts.ts";
import { openServices } from "./core/services.ts";
import { openStore } from "./core/store.ts";
import { sweep } from "./core/sweep.ts";
import type { Choice, Manner } from "./ui/host.ts";

/** Vendors' tags write behind our back for a moment: when to sweep for the second time, milliseconds. */
const secondSweep = 1000;

function start(config: TagConfig, parts: Parts): void {
  // Running twice is harmless: only the queue of early calls is an array.
  if (window.soglas && !Array.isArray(window.soglas)) return;

  const nonce = document.currentScript?.nonce;
  const load = scriptLoader(nonce);
  const base = `${config.gateway}/v1/sites/${config.site}/`;
  const gpc = !!(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl;
  const now = () => Date.now();

  // Consent defaults of the vendors are set in here, before anything else.
  const services = openServices(config, parts, load);
  const pages = openPages(config);
  const asked = askedOf(config);
  const cookie = openCookie(config, asked, now);
  const store = openStore(config.site);
  const history = openHistory(store);
  const roots = openRoots();

  let saved = cookie.read();
  /** A vendor's tag would tell the path it came from or goes to: off until the next page is loaded. */
  let tagsOff = false;
  let left: string[] = [];
  let timer: ReturnType<typeof setTimeout>;

  const essential = (id: string) => config.purposes.some((p) => p.id === id && p.essential);
  const purposeGranted = (id: string) => essential(id) || saved?.choice?.purposes[id] === true;
  const granted = ({ id, purpose }: TagService) =>
    essential(purpose) || saved?.choice?.services[id] === true;
  const serviceOf = (id: string) => config.services.find((service) => service.id === id);
  const has = (id: string) => {
    const service = serviceOf(id);
    return service ? granted(service) : purposeGranted(id);
  };
  const runs = (service: TagService) =>
    granted(service) && pages.active(service) && !(tagsOff && service.mode === "tag");
  const consent = (): Consent => ({
    decided: !!saved?.choice,
    purposes: Object.fromEntries(config.purposes.map(({ id }) => [id, purposeGranted(id)])),
    services: Object.fromEntries(config.services.map((service) => [service.id, granted(service)])),
  });

  const gate = openGate((id) => {
    const service = serviceOf(id);
    return service ? runs(service) : purposeGranted(id);
  }, nonce);

  const tracker = parts.tracker?.({
    base,
    page() {
      if (!config.services.some((service) => service.mode === "gateway" && runs(service)))
        return null;
      const { origin, pathname } = location;
      const shown = pages.shown(pathname);
      return { url: origin + shown, title: shown === pathname ? document.title : "" };
    },
    referrer: pages.referrer,
    token: () => store.get("token") as string | null,
    keepToken: (token) => store.set("token", token),
    secret: () => saved?.secret ?? "",
  });

  const report = openReport({
    url: `${base}consents`,
    store,
    fetch: (...request) => fetch(...request),
    now,
    later(run, delay) {
      clearTimeout(timer);
      timer = setTimeout(run, delay);
    },
    acknowledged({ secret, counter }, { token }) {
      // The token of an older decision may allow what the newest one forbids.
      if (saved?.secret === secret && saved.counter === counter) store.set("token", token);
      tracker?.update();
    },
    erased() {
      cookie.remove();
      history.clear();
      store.set("token", null);
      refresh();
    },
  });

  const sweepDenied = () => {
    left = sweep(services.sweepable(granted));
  };

  /** Makes the page follow what is in force now. True when only a reload surely ends what ran before. */
  function follow(): boolean {
    const reload = services.apply(runs, pages.disguise);
    gate.scan();
    tracker?.update();
    return reload;
  }

  /** After a decision, here or in another tab. */
  function changed(): void {
    services.consent(purposeGranted);
    const reload = follow() || gate.stuck(has);
    sweepDenied();
    setTimeout(sweepDenied, secondSweep);
    emit("consent", consent());
    // Nothing that could ask for another reload runs after this one: it cannot loop.
    if (reload) location.reload();
  }

  /** Another tab may have decided, or brought the token. */
  function refresh(): void {
    const before = JSON.stringify(saved);
    saved = cookie.read();
    if (JSON.stringify(saved) !== before) {
      if (saved?.choice) settled();
      changed();
    } else tracker?.update();
  }

  async function decide(choice: Choice, manner: Manner): Promise<void> {
    settled();
    // The browser paints first: what the click starts would hold back the answer to it.
    await (window.scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve)));
    const decision = makeDecision(config, asked, cookie.read() ?? saved, choice, manner, {
      time: Math.floor(now() / 1000),
      language: chooseLanguage(config.languages),
      viewport: matchMedia("(max-width:30em)").matches ? "narrow" : "wide",
      // An excluded page is not named, in the proof neither.
      page: (pages.shown(location.pathname) || "/masked").slice(0, 512),
      gpc,
      newId,
    });
    saved = decision.saved;
    cookie.write(saved);
    store.set("token", null);
    history.add(decision.body, saved.secret !== "");
    report.send(decision.body);
    changed();
  }

  const face = openInterface(
    () =>
      load(
        `${config.gateway}/w/${config.site}/${config.config}/${chooseLanguage(config.languages)}.js`,
      ),
    () => ({
      root: roots.add("soglas-consent"),
      current: () => saved?.choice ?? null,
      decide,
      consentId: () => consentIdOf(config.site, saved?.secret),
      history: () => history.list(report.waits),
      receiptUrl: (recordId) => `${base}receipts/${recordId}`,
      leftBehind: () => left,
      closed: () => emit("close"),
    }),
  );

  function open(): void {
    face.show("preferences");
    emit("open");
  }

  let reopenable = false;
  function settled(): void {
    face.hide();
    if (reopenable || !config.reopen) return;
    reopenable = true;
    const { side, label } = config.reopen;
    drawReopen(roots.add("soglas-reopen"), side, label[chooseLanguage(config.languages)]!, open);
  }

  const decideAll = (control: "accept-all" | "refuse-all" | "withdraw") =>
    decide(choiceOfAll(asked, control === "accept-all"), {
      place: "api",
      control,
      offered: [],
      theme: matchMedia("(prefers-color-scheme:dark)").matches ? "dark" : "light",
    });

  publishApi({
    consent,
    has,
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
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest?.("[data-soglas-open]")) open();
  });
  for (const event of ["storage", "pageshow", "visibilitychange", "online"])
    addEventListener(event, () => {
      refresh();
      void report.flush();
    });

  if (saved?.choice) {
    changed();
    settled();
  } else {
    follow();
    // A browser that says no by itself is not asked; its visitor may still choose.
    if (gpc) settled();
    else face.show("banner");
  }
  void report.flush();
}

start(SOGLAS_CONFIG, SOGLAS_PARTS);
