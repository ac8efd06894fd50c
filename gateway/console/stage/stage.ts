/**
 * The stage: a page in a sandbox without a network, on which the banner is shown as visitors see it. The
 * gateway puts this script into the page and forbids every other (routes/stage.ts).
 */
import { ready, type Play } from "./message.ts";
import { cookieJar, dataAddress, schemeQuery, scriptSource, storage } from "./stand-ins.ts";

function play({ scripts, theme, jurisdiction }: Play): void {
  const script = HTMLScriptElement.prototype;
  const source = Object.getOwnPropertyDescriptor(script, "src")!;
  Object.defineProperty(script, "src", scriptSource(scripts.loaded, source));
  Object.defineProperty(document, "cookie", cookieJar());
  Object.defineProperties(window, { localStorage: storage(), sessionStorage: storage() });
  Object.defineProperties(navigator, {
    cookieEnabled: { value: true },
    // Visitors who were shown a banner had not told their browser to refuse it.
    globalPrivacyControl: { value: false },
  });
  window.matchMedia = schemeQuery(theme, matchMedia.bind(window));
  // As where the gateway is away: what a decision would send waits for good.
  window.fetch = () => Promise.reject(new TypeError("a stage has no network"));
  navigator.sendBeacon = () => true;

  document.documentElement.lang = scripts.language;
  document.documentElement.style.colorScheme = theme;
  const tag = document.createElement("script");
  tag.dataset["lang"] = scripts.language;
  if (jurisdiction !== null) tag.dataset["jurisdiction"] = jurisdiction;
  source.set!.call(tag, dataAddress(scripts.tag));
  document.head.append(tag);
}

let playing = false;
addEventListener("message", ({ source, data }: MessageEvent<Play>) => {
  if (source !== parent || playing) return;
  playing = true;
  play(data);
});
parent.postMessage(ready, "*");
