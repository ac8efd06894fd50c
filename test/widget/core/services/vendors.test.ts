import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openServices } from "../../../../widget/core/services/services.ts";
import { config } from "../../config.ts";

const requested: string[] = [];
let scripts: HTMLScriptElement[] = [];
const load = (src: string) => {
  requested.push(src);
  const script = document.createElement("script");
  scripts.push(script);
  return script;
};
const layer = () => window.dataLayer!.map((command) => Array.from(command as unknown[]));

beforeEach(async () => {
  requested.splice(0);
  scripts = [];
  for (const name of ["dataLayer", "gtag", "ym"] as const) delete window[name];
  vi.resetModules();
  vi.stubGlobal("SOGLAS_PARTS", {});
  await import("../../../../widget/core/services/ga4.ts");
  await import("../../../../widget/core/services/metrika.ts");
});
afterEach(() => vi.unstubAllGlobals());

const only = (...ids: string[]) => ({
  ...config,
  services: config.services.filter(({ id }) => ids.includes(id)),
});

test("a site without Google's tag gets no data layer", () => {
  openServices(only("metrika", "metrika-clean"), SOGLAS_PARTS, load);
  expect(window.dataLayer).toBeUndefined();
});

test("commands to Google are Arguments objects, the only form its tag takes", () => {
  openServices(only("ga4"), SOGLAS_PARTS, load);
  expect(Object.prototype.toString.call(window.dataLayer![0])).toBe("[object Arguments]");
});

test("a data layer and a gtag of the page are used, not replaced", () => {
  const gtag = vi.fn();
  Object.assign(window, { dataLayer: ["theirs"], gtag });
  openServices(only("ga4"), SOGLAS_PARTS, load);
  expect(window.dataLayer).toEqual(["theirs"]);
  expect(gtag).toHaveBeenCalledWith("consent", "default", expect.anything());
});

test("an update grants the types of the granted purposes, and denies all others by name", () => {
  const services = openServices(
    {
      ...only("ga4"),
      consentMode: {
        ...config.consentMode!,
        ad_storage: ["ads"],
        ad_user_data: ["analytics", "ads"],
      },
    },
    SOGLAS_PARTS,
    load,
  );
  services.consent(
    (id) => id === "ads",
    () => false,
  );
  expect(layer()[1]).toEqual([
    "consent",
    "update",
    {
      ad_storage: "granted",
      ad_user_data: "granted",
      ad_personalization: "denied",
      analytics_storage: "denied",
      functionality_storage: "denied",
      personalization_storage: "denied",
    },
  ]);
});

test("each service is started and stopped once, by its own grant", () => {
  const services = openServices(config, SOGLAS_PARTS, load);
  services.apply(
    () => false,
    () => ({}),
  );
  expect(requested).toEqual([]);
  const start = vi.fn(() => ({}));
  for (let time = 0; time < 3; time++) services.apply((id) => id === "ga4", start);
  expect(requested).toEqual(["https://vendor.test/gtag/js?id=G-TEST1234"]);
  expect(start).toHaveBeenCalledTimes(1);
  expect(layer().filter(([name]) => name === "config")).toHaveLength(1);
});

test("Google's tag is switched off by its switch and on again; no reload is needed", () => {
  const services = openServices(only("ga4"), SOGLAS_PARTS, load);
  const on = () => true;
  services.apply(on, () => ({}));
  expect(window["ga-disable-G-TEST1234"]).toBe(false);
  expect(
    services.apply(
      () => false,
      () => ({}),
    ),
  ).toBe(false);
  expect(window["ga-disable-G-TEST1234"]).toBe(true);
  services.apply(on, () => ({}));
  expect(window["ga-disable-G-TEST1234"]).toBe(false);
});

const metrikaQueue = () => window.ym!.a!.map((command) => Array.from(command as unknown[]));

test("Metrika records neither sessions nor clicks unless the owner asks for it", () => {
  openServices(only("metrika"), SOGLAS_PARTS, load).apply(
    () => true,
    () => ({}),
  );
  expect(metrikaQueue()).toEqual([
    [
      10000001,
      "init",
      {
        accurateTrackBounce: true,
        trackLinks: true,
        sendTitle: true,
        clickmap: false,
        webvisor: false,
      },
    ],
  ]);
});

test("Metrika is told a mask instead of the page, and records nothing of it", () => {
  const site = only("metrika");
  Object.assign(site.services[0]!, { webvisor: true, clickmap: true });
  openServices(site, SOGLAS_PARTS, load).apply(
    () => true,
    () => ({ url: "https://www.clinic.test/doctors/masked", referrer: "https://www.clinic.test/" }),
  );
  expect(metrikaQueue()[0]![2]).toEqual({
    accurateTrackBounce: true,
    trackLinks: false,
    sendTitle: false,
    clickmap: false,
    webvisor: false,
    url: "https://www.clinic.test/doctors/masked",
    referrer: "https://www.clinic.test/",
  });
});

test("Metrika that has not arrived yet can be stopped; once it runs only a reload is sure", () => {
  const services = openServices(only("metrika"), SOGLAS_PARTS, load);
  const apply = (granted: boolean) =>
    services.apply(
      () => granted,
      () => ({}),
    );
  apply(true);
  expect(apply(false)).toBe(false);
  expect(window["disableYaCounter10000001"]).toBe(true);
  expect(metrikaQueue().at(-1)).toEqual([10000001, "destruct"]);
  apply(true);
  scripts[0]!.dispatchEvent(new Event("load"));
  expect(apply(false)).toBe(true);
});

test("what is stopped is off before its consent mode hears of the refusal", () => {
  const services = openServices(only("ga4"), SOGLAS_PARTS, load);
  services.apply(
    () => true,
    () => ({}),
  );
  const off: unknown[] = [];
  vi.spyOn(window.dataLayer!, "push").mockImplementation(() =>
    off.push(window["ga-disable-G-TEST1234"]),
  );
  services.consent(
    () => false,
    () => false,
  );
  expect(off).toEqual([true]);
});
