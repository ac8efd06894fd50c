/**
 * Part of the tag of a site whose gateway is behind a path of its own: has the gateway write the choice's
 * cookie once more, once a day and after every decision. Safari forgets after seven days what a script has
 * written, and keeps what an answer sets.
 */
import { cookieText } from "./saved.ts";
import { openStore } from "../store.ts";

/** Milliseconds. */
const day = 86_400_000;

const { cookie, gateway, site } = SOGLAS_CONFIG;
const store = openStore(site);

function renew(): void {
  const text = cookieText(cookie);
  const state = `${text} ${Math.floor(Date.now() / day)}`;
  if (!text || store.get("kept") === state) return;
  // Noted first: the page may be gone when the answer comes.
  store.set("kept", state);
  const again = () => store.set("kept", null);
  // What the answer sets is what was asked with: it must not come after a newer choice.
  const overtaken = new AbortController();
  document.addEventListener("soglas:consent", () => overtaken.abort(), { once: true });
  fetch(`${gateway}/v1/sites/${site}/cookie`, {
    method: "POST",
    credentials: "same-origin",
    keepalive: true,
    referrerPolicy: "strict-origin",
    signal: overtaken.signal,
  }).then(({ ok }) => ok || again(), again);
}

// Another of the site's origins has no cookie that the gateway could see.
if (new URL(gateway).origin === origin) {
  // After the tag has said what is in force.
  setTimeout(renew);
  addEventListener("visibilitychange", renew);
}
