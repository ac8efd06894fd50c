/**
 * What may stand in a page instead of the tag's element: an inline script that starts the right one itself.
 * Who has decided gets the tag; who will be asked gets tag and interface in one script, where the tag alone
 * would ask for the interface once it has come. Until then it takes calls to `window.soglas`, and where the
 * site has Google's tags it sets their consent defaults. Pages under a strict policy allow it by its hash,
 * which changes with nothing but what is written into it: the tag's address, the cookie's name, whether the
 * site has Google's tags, and which profile asks.
 */
import { createHash } from "node:crypto";
import { consentModeType, type Site } from "../contract/site.ts";
import type { SiteTag } from "../contract/staff/versions.ts";
import { asksRegion, isOptOut, profilesOf } from "./profiles.ts";

/** Calls that can wait. Decisions go by `push`: whoever finds `refuse` takes the tag for come. */
const queued = ["on", "open", "withdraw", "event"];

/** Where tag or element have come first, nothing is left to do. Anything else of that name may be an element's id. */
const queue =
  "var q=w.soglas;if(q&&(q.refuse||q.on))return;if(!Array.isArray(q))q=w.soglas=[];" +
  `${JSON.stringify(queued)}.forEach(function(m){q[m]=function(){q.push([m].concat([].slice.call(arguments)))}});`;

const denied = Object.fromEntries(consentModeType.options.map((type) => [type, "denied"]));

/** Google's tags take only an Arguments object for a command. */
const defaults =
  "w.dataLayer=w.dataLayer||[];w.gtag=w.gtag||function(){w.dataLayer.push(arguments)};" +
  `w.gtag("consent","default",${JSON.stringify(denied)});`;

/**
 * Whether this visitor will be asked, as far as can be told without the tag: not with a browser that says no
 * by itself, nor with a choice, which may be in local storage. A browser that blocks storage keeps none.
 */
const asked = ({ id, cookie, ...site }: Site, own: string) =>
  `var k=${unasked(site, own)}n.globalPrivacyControl;` +
  `try{k=k||/(^|; )${cookie.name}=/.test(d.cookie)||localStorage["soglas.${id}.choice"]}catch(e){}`;

/** Under an opt-out profile nobody is; where the gateway is asked by the visitor's country, few may be. */
function unasked(site: Parameters<typeof profilesOf>[0], own: string): string {
  if (!profilesOf(site).some(isOptOut)) return "";
  return `/^(us|none)$/.test(${own}.jurisdiction||"${asksRegion(site) ? "none" : site.jurisdiction}")||`;
}

/**
 * The page's language or else the browser's first goes into the address, and no more than the browser says
 * of itself in every request. What no language tag looks like is left to the tag.
 */
const language =
  'var l=o.lang||d.documentElement.lang||n.language;l=k||!/^[\\w-]{2,35}$/.test(l)?"":"/"+l;';

/** Its own policy: of one name there can be only one, and `soglas` is the tag's. */
const trusted =
  'var t=w.trustedTypes;if(t)a=t.createPolicy("soglas-start",{createScriptURL:function(u){return u}}).createScriptURL(a);';

/** What the owner has written on this element is read by the tag off its own. */
const insert =
  's.nonce=c.nonce||"";for(var i in o)s.dataset[i]=o[i];s.referrerPolicy="strict-origin";s.src=a;d.head.appendChild(s)';

/**
 * @param base the tag's address without its ending
 * @param whole false where no script with both is served: files
 */
export function inlineElementOf(
  site: Site,
  base: string,
  whole: boolean,
): NonNullable<SiteTag["inline"]> {
  const google = site.services.some(
    ({ mode, vendor }) => mode === "tag" && ["ga4", "gtm", "google-ads"].includes(vendor),
  );
  const address = JSON.stringify(base).replaceAll("<", String.raw`\u003c`);
  const script = [
    "(function(w,d,n){",
    queue,
    google ? defaults : "",
    'var c=d.currentScript||{},o=c.dataset||{},s=d.createElement("script");',
    whole ? `${asked(site, "o")}${language}var a=${address}+l+".js";` : `var a=${address}+".js";`,
    trusted,
    insert,
    "})(window,document,navigator);",
  ].join("");
  const hash = createHash("sha256").update(script).digest("base64");
  return { element: `<script>${script}</script>`, hash: `'sha256-${hash}'` };
}
