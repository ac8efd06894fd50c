/**
 * What may stand inline before the tag, for pages whose code speaks to it early: the queue of calls, and
 * Google's consent defaults, so that both are there however late an async tag comes. Optional: the tag needs
 * none of it, and pages under a strict policy allow it by its hash.
 */
import { createHash } from "node:crypto";
import { consentModeType, type Site } from "../contract/site.ts";

export interface Stub {
  /** The element to paste, before everything else in the head. */
  element: string;
  /** What `script-src` of a page's Content-Security-Policy allows it by: `'sha256-…'`. */
  hash: string;
}

/** Calls that can wait. Decisions go by `push`: whoever finds `refuse` takes the tag for come. */
const queued = ["on", "open", "withdraw", "event"];

/** Where the tag has come first, nothing is left to do. Anything else of that name may be an element's id. */
const queue =
  "var q=w.soglas;if(q&&q.refuse)return;if(!Array.isArray(q))q=w.soglas=[];" +
  `${JSON.stringify(queued)}.forEach(function(m){q[m]=function(){q.push([m].concat([].slice.call(arguments)))}});`;

const denied = Object.fromEntries(consentModeType.options.map((type) => [type, "denied"]));

/** Google's tags take only an Arguments object for a command. */
const defaults =
  "w.dataLayer=w.dataLayer||[];w.gtag=w.gtag||function(){w.dataLayer.push(arguments)};" +
  `w.gtag("consent","default",${JSON.stringify(denied)});`;

/** The same for every site with Google's tags, and for every site without. */
export function stubOf({ services }: Pick<Site, "services">): Stub {
  const google = services.some(
    ({ mode, vendor }) => mode === "tag" && ["ga4", "gtm", "google-ads"].includes(vendor),
  );
  const script = `(function(w){${queue}${google ? defaults : ""}})(window);`;
  const hash = createHash("sha256").update(script).digest("base64");
  return { element: `<script>${script}</script>`, hash: `'sha256-${hash}'` };
}
