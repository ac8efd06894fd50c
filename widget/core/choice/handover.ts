/**
 * Part of the tag of a site whose links carry the choice between its domains: on a click the gateway gives a
 * code for the one link, which the page that it leads to redeems. That page makes a record of its own, for a
 * subject of its own.
 *
 * Whoever can make a visitor follow a link could bring a choice of their own: a code counts only for visitors who
 * come from one of the site's pages, which a page of somebody else cannot pretend.
 */
import type {
  HandedChoice,
  HandoverAnswer,
  RedeemAnswer,
} from "../../../gateway/contract/handover.ts";
import { note } from "./decide.ts";
import { toJson } from "../json.ts";
import { chooseLanguage } from "../page/language.ts";
import { grantsAny } from "./saved.ts";

/** How long a click, and the banner of a page that it leads to, wait for the gateway: milliseconds. */
const patience = 1500;

const fragment = "#soglas=";

const { gateway, languages, revision, share = [], site } = SOGLAS_CONFIG;

/** @returns null where the gateway is away, too slow, or refuses */
const ask = <T>(path: string, body: object): Promise<T | null> =>
  fetch(`${gateway}/v1/sites/${site}/handovers${path}`, {
    method: "POST",
    body: toJson({ v: 1, ...body }),
    credentials: "omit",
    referrerPolicy: "strict-origin",
    signal: AbortSignal.timeout(patience),
  })
    .then((answer) => (answer.ok ? (answer.json() as Promise<T>) : null))
    .catch(() => null);

/** Only once: the code must not be in the address that the visitor copies. */
function codeInAddress(): string | undefined {
  const { hash, pathname, search } = location;
  if (!hash.startsWith(fragment)) return undefined;
  history.replaceState(history.state, "", pathname + search);
  const from = document.referrer && new URL(document.referrer).origin;
  return from !== origin && share.includes(from) ? hash.slice(fragment.length) : undefined;
}

SOGLAS_PARTS.profile = (core, begin) => {
  const { config, store } = core;
  if (!share.includes(origin)) return false;

  function take({ revision: under, time, granted }: HandedChoice): void {
    const own = core.remembered();
    // The later decision counts, wherever it was made; what ends here right now is the latest.
    if (under !== revision || (own && own.time >= time) || store.list("due.stop")[0]) return;
    const choice = Object.fromEntries(config.asked.map((id) => [id, granted.includes(id)]));
    const theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const manner = { place: "handover", control: "handover", theme } as const;
    note(core, { language: chooseLanguage(languages) }, choice, manner, time);
  }

  async function redeem(code: string): Promise<void> {
    const answer = await ask<RedeemAnswer>("/redeem", { code });
    try {
      if (answer) take(answer.choice);
    } finally {
      begin();
    }
  }

  function follow(event: MouseEvent): void {
    const link = event.composedPath().find((each) => each instanceof HTMLAnchorElement);
    if (!link || link.origin === origin || !share.includes(link.origin)) return;
    // Nobody but this part puts one there.
    if (link.hash.startsWith(fragment)) link.hash = "";
    const { href, hash, target, download, rel } = link;
    const elsewhere = (target && target !== "_self") || download || /noreferrer/i.test(rel);
    const modified =
      event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    const saved = core.saved();
    if (event.defaultPrevented || elsewhere || modified || hash.length > 1) return;
    if (!saved?.choice || store.list("due.stop")[0]) return;
    // One that was taken over from another tool is no decision made here.
    if (grantsAny(saved.choice) && !saved.secret) return;
    event.preventDefault();
    const granted = config.asked.filter((id) => saved.choice?.[id]);
    void leave(href, link.origin, { revision, time: saved.time, granted });
  }

  async function leave(href: string, to: string, choice: HandedChoice): Promise<void> {
    const answer = await ask<HandoverAnswer>("", { to, choice });
    location.assign(href.replace(/#$/, "") + (answer ? fragment + answer.code : ""));
  }

  // Last of all, so that a link the page itself follows is left to it.
  for (const type of ["click", "auxclick"] as const) addEventListener(type, follow);

  const code = codeInAddress();
  if (!code) return false;
  void redeem(code);
  return true;
};
