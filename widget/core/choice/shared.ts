/**
 * Part of the tag of a site whose subdomains share the choice: what ends here ends there too, in the moment it
 * does, whether or not the scripts that record it can be had. The cookie stays that of the decision before, without
 * what is granted no more; the recorder writes the new one.
 */
import type { Consent } from "../api/soglas.ts";
import { encodeSaved } from "./encode.ts";
import { cookieText, decodeSaved, validDays } from "./saved.ts";

const { cookie, shared } = SOGLAS_CONFIG;

document.addEventListener("soglas:consent", (event) => {
  const { granted } = (event as CustomEvent<Consent>).detail;
  const kept = decodeSaved(cookieText(cookie), SOGLAS_CONFIG);
  const choices = Object.entries(kept?.choice ?? {});
  if (!kept || choices.every(([id, on]) => !on || granted.includes(id))) return;
  const left = {
    ...kept,
    choice: Object.fromEntries(choices.map(([id, on]) => [id, on && granted.includes(id)])),
  };
  const until = kept.time + validDays(SOGLAS_CONFIG, left) * 86_400;
  const life = until - Math.floor(Date.now() / 1000);
  const attributes = `Path=/;SameSite=Lax;Max-Age=${life};Domain=${shared}`;
  const secure = location.protocol === "https:" ? ";Secure" : "";
  document.cookie = `${cookie}=${encodeSaved(left, SOGLAS_CONFIG)};${attributes}${secure}`;
});
