/**
 * A page's event made neutral, before anything is written. Profiles are of docs/privacy-profiles.md:
 * `strict` keeps C1–C8; `balanced` departs from C4 and C7 by campaign parameters and page titles.
 */
import { campaignParameters, type PageEvent } from "../../contract/events.ts";
import type { DropReason, OnDrop } from "../../privacy/drop.ts";
import { cleanItems } from "../../privacy/items.ts";
import { primaryLanguage } from "../../privacy/language.ts";
import type { Location } from "../../privacy/location.ts";
import { cleanParameters, cleanText, type ParameterOptions } from "../../privacy/parameters.ts";
import type { Profile } from "../../privacy/parameter-rules.ts";
import { screenClass } from "../../privacy/screen.ts";
import { cleanReferrer, type CleanedPage, type PageRules } from "../../privacy/url.ts";
import type { CoarseAgent } from "../../privacy/user-agent.ts";
import type { EventSource, NeutralEvent } from "./neutral.ts";

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
  /** Why each value that was given and not kept was not. */
  dropped: DropReason[];
}

/** Whose event it becomes: how much of it is kept depends on both. Services alike in them share one. */
export interface Receiver {
  profile: Profile;
  /** Treatment of a parameter by its name, of the vendor's table. */
  rules: ParameterOptions["rules"];
}

/** @param page the cleaned address of `event.url`, which the caller needed to choose destinations */
export function deidentify(
  event: PageEvent,
  page: CleanedPage & { kind: "page" },
  pages: PageRules,
  { profile, rules }: Receiver,
  surroundings: Surroundings,
): Deidentified {
  const dropped: DropReason[] = [];
  const drop: OnDrop = (reason) => void dropped.push(reason);
  const { masked } = page;
  const open = profile === "balanced" && !masked;
  return {
    dropped,
    event: {
      v: 1,
      source: surroundings.source,
      name: event.name,
      page: `${page.origin}${page.path}`,
      referrer: cleanReferrer(event.referrer, pages, drop),
      title: open ? titleOf(event.title, drop) : "",
      params: cleanParameters(event.params, { rules, masked, drop }),
      items: cleanItems(event.items, masked, drop),
      campaign: open ? campaignOf(event.url, drop) : {},
      language: primaryLanguage(surroundings.language),
      screen: screenClass(surroundings.width),
      agent: surroundings.agent,
      country: surroundings.country,
      ...(open && surroundings.region !== null && { region: surroundings.region }),
    },
  };
}

const titleOf = (title: string, drop: OnDrop): string =>
  title === "" ? "" : (cleanText(title, 300, drop) ?? "");

function campaignOf(address: string, drop: OnDrop): NeutralEvent["campaign"] {
  const query = URL.parse(address)?.searchParams;
  const kept = campaignParameters.flatMap((name) => {
    const given = query?.get(name) ?? "";
    const value = given === "" ? null : cleanText(given, 100, drop);
    return value === null ? [] : [[name, value] as const];
  });
  return Object.fromEntries(kept);
}
