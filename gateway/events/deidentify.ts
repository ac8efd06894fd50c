/**
 * A page's event made neutral, before anything is written. Profiles are of docs/privacy-profiles.md:
 * `strict` keeps C1–C8; `balanced` departs from C4 and C7 by campaign parameters and page titles.
 */
import { campaignParameters, type PageEvent } from "../contract/events.ts";
import { cleanItems } from "../privacy/items.ts";
import { primaryLanguage } from "../privacy/language.ts";
import type { Location } from "../privacy/location.ts";
import { cleanParameters, cleanText } from "../privacy/parameters.ts";
import { screenClass } from "../privacy/screen.ts";
import { cleanReferrer, type CleanedPage, type PageRules } from "../privacy/url.ts";
import type { CoarseAgent } from "../privacy/user-agent.ts";
import type { EventSource, NeutralEvent } from "./neutral.ts";

export type Profile = "strict" | "balanced";

/** What the batch and the request say about every event in it. */
export interface Surroundings extends Location {
  source: EventSource;
  /** Language tag of the page. */
  language: string;
  /** Inner width of the window, CSS pixels. */
  width: number;
  agent: CoarseAgent;
}

export interface Deidentified {
  event: NeutralEvent;
  /** Values that were given and not kept. */
  dropped: number;
}

/** @param page the cleaned address of `event.url`, which the caller needed to choose destinations */
export function deidentify(
  event: PageEvent,
  page: CleanedPage & { kind: "page" },
  rules: PageRules,
  profile: Profile,
  surroundings: Surroundings,
): Deidentified {
  const parameters = cleanParameters(event.params, page.masked);
  const items = cleanItems(event.items, page.masked);
  const open = profile === "balanced" && !page.masked;
  return {
    dropped: parameters.dropped + items.dropped,
    event: {
      v: 1,
      source: surroundings.source,
      name: event.name,
      page: `${page.origin}${page.path}`,
      referrer: cleanReferrer(event.referrer, rules),
      title: open ? (cleanText(event.title, 300) ?? "") : "",
      params: parameters.kept,
      items: items.kept,
      campaign: open ? campaignOf(event.url) : {},
      language: primaryLanguage(surroundings.language),
      screen: screenClass(surroundings.width),
      agent: surroundings.agent,
      country: surroundings.country,
      ...(open && surroundings.region !== null && { region: surroundings.region }),
    },
  };
}

function campaignOf(address: string): NeutralEvent["campaign"] {
  const query = URL.parse(address)?.searchParams;
  const given = campaignParameters.flatMap((name) => {
    const value = cleanText(query?.get(name) ?? "", 100);
    return value === null ? [] : [[name, value] as const];
  });
  return Object.fromEntries(given);
}
