/**
 * Consent at the door: what becomes of one event, decided without touching the database. Nothing of
 * an event that is refused here is kept.
 */
import { pageEvent, type EventBatch, type RefusalReason } from "../contract/events.ts";
import type { Service } from "../contract/site.ts";
import type { TokenClaims } from "../log/token.ts";
import { findPersonalData } from "../privacy/personal-data.ts";
import { pageMatcher } from "../privacy/pages.ts";
import { cleanPage, pageRules, type PageRules } from "../privacy/url.ts";
import { mayRun } from "../sites/directory/jurisdictions.ts";
import type { SiteConfig } from "../sites/sites.ts";
import { everyService, type Tally } from "./counts.ts";
import { deidentify, type Deidentified, type Profile, type Surroundings } from "./deidentify.ts";
import type { NeutralEvent } from "./neutral.ts";

/** A site's rules compiled once: configurations are immutable. */
export interface Door {
  site: string;
  rules: PageRules;
  destinations: {
    service: Service;
    profile: Profile;
    /** Its jurisdiction keeps it off. */
    off: boolean;
    active(path: string): boolean;
  }[];
}

export interface Admitted {
  service: string;
  event: NeutralEvent;
  /** Milliseconds between the event and the batch. */
  age: number;
}

export function doorOf({ site }: SiteConfig): Door {
  return {
    site: site.id,
    rules: pageRules(site.origins, site.pages),
    destinations: site.services
      .filter((service) => service.mode === "gateway")
      .map((service) => ({
        service,
        // Anything but an explicit `balanced` is strict: a missing word never opens more.
        profile: service.profile === "balanced" ? "balanced" : "strict",
        off: !mayRun(site, service),
        active: service.pages ? pageMatcher(service.pages) : () => true,
      })),
  };
}

/**
 * Decides about one event of a batch whose token is already open.
 * @returns the copies to queue, one per destination; or why there is none
 */
export function admit(
  door: Door,
  given: unknown,
  claims: TokenClaims,
  surroundings: Surroundings,
  tally: Tally,
): Admitted[] | RefusalReason {
  const refused = (reason: RefusalReason) => {
    tally.add(door.site, everyService, reason);
    return reason;
  };
  const parsed = pageEvent.safeParse(given);
  if (!parsed.success || findPersonalData(parsed.data.name) !== null)
    return refused("invalid_event");
  const event = parsed.data;
  const page = cleanPage(event.url, door.rules);
  if (page.kind === "foreign") return refused("invalid_event");
  if (page.kind === "excluded") return refused("excluded_page");

  const path = new URL(event.url).pathname;
  const meant = (id: string) => event.to?.includes(id) ?? true;
  const destinations = door.destinations.filter(
    ({ service, active }) => meant(service.id) && active(path),
  );
  const open = destinations.filter(({ service, off }) => {
    tally.add(door.site, service.id, "received");
    if (off) tally.add(door.site, service.id, "destination_off");
    return !off;
  });
  if (open.length === 0) return refused("no_service");
  const granted = open.filter(({ service }) => {
    const allowed = claims.services.includes(service.id);
    tally.add(door.site, service.id, allowed ? "accepted" : "not_granted");
    return allowed;
  });
  if (granted.length === 0) return "not_granted";
  const made = new Map<Profile, Deidentified>();
  return granted.map(({ service, profile }) => {
    const neutral = made.get(profile) ?? deidentify(event, page, door.rules, profile, surroundings);
    made.set(profile, neutral);
    tally.add(door.site, service.id, "value_dropped", neutral.dropped);
    return { service: service.id, event: neutral.event, age: event.age };
  });
}

/** The part of a batch that every event of it shares. */
export function surroundingsOf(
  batch: EventBatch,
  { agent, country, region }: Pick<Surroundings, "agent" | "country" | "region">,
): Surroundings {
  return { source: "page", language: batch.language, width: batch.width, agent, country, region };
}
