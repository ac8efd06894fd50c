/**
 * Consent at the door: what becomes of one event, decided without touching the database. Nothing of
 * an event that is refused here is kept.
 */
import { createSecretKey, type KeyObject } from "node:crypto";
import {
  pageEvent,
  type EventBatch,
  type PageEvent,
  type RefusalReason,
} from "../../contract/events.ts";
import type { Service } from "../../contract/site.ts";
import type { TokenClaims } from "../../log/token.ts";
import { findPersonalData } from "../../privacy/personal-data.ts";
import type { DropReason } from "../../privacy/drop.ts";
import { pageMatcher } from "../../privacy/pages.ts";
import { parameterRules } from "../../privacy/parameter-rules.ts";
import { orderStandIn } from "../../privacy/pseudonym.ts";
import { cleanPage, pageRules, type CleanedPage, type PageRules } from "../../privacy/url.ts";
import type { InstallationSecret } from "../../secret.ts";
import { mayRun } from "../../sites/directory/jurisdictions.ts";
import { isRelayed, usesGateway } from "../../sites/relay.ts";
import type { SiteConfig } from "../../sites/sites.ts";
import { everyService, type Tally } from "../accounts/counts.ts";
import { deidentify, type Deidentified, type Receiver, type Surroundings } from "./deidentify.ts";
import type { EventSource, NeutralEvent } from "./neutral.ts";
import { ignoredBy } from "../vendors.ts";

/** A site's rules compiled once: configurations are immutable. */
export interface Door {
  site: string;
  /** Stands for the page of an event that happened on none. */
  home: CleanedPage & { kind: "page" };
  rules: PageRules;
  /** In place of an order's number. */
  standIn(service: string, order: string): string;
  destinations: {
    service: Service;
    receiver: Receiver;
    /** Its jurisdiction keeps it off. */
    off: boolean;
    ways: readonly EventSource[];
    /** Names of events that its vendor is not told of. */
    ignores: readonly string[];
    /** @param path null: on no page */
    active(path: string | null): boolean;
  }[];
}

export interface Admitted {
  service: string;
  event: NeutralEvent;
  /** Milliseconds between the event and the batch. */
  age: number;
}

/** The door of a configuration. */
export type Doors = (config: SiteConfig) => Door;

/** Doors made once per configuration. */
export function openDoors({ secret }: { secret: InstallationSecret }): Doors {
  const orderKey = createSecretKey(secret.derive("order"));
  const made = new WeakMap<SiteConfig, Door>();
  return (config) => {
    const door = made.get(config) ?? doorOf(config, orderKey);
    made.set(config, door);
    return door;
  };
}

/** By which ways in a service is reached: its account must not hear of one event twice. */
const waysInto = (service: Service): EventSource[] =>
  isRelayed(service) ? ["tag", "server"] : ["page", "server"];

function doorOf({ site }: SiteConfig, orderKey: KeyObject): Door {
  const receivers = new Map<string, Receiver>();
  const receiverOf = ({ vendor, profile: given }: Service): Receiver => {
    // Anything but an explicit `balanced` is strict: a missing word never opens more.
    const profile = given === "balanced" ? given : "strict";
    const key = `${vendor} ${profile}`;
    const receiver = receivers.get(key) ?? { profile, rules: parameterRules(vendor, profile) };
    receivers.set(key, receiver);
    return receiver;
  };
  return {
    site: site.id,
    home: { kind: "page", origin: site.origins[0]!, path: "/", masked: false },
    standIn: (service, order) => orderStandIn(orderKey, { site: site.id, service }, order),
    rules: pageRules(site.origins, site.pages),
    destinations: site.services
      .filter((service) => usesGateway(service))
      .map((service) => ({
        service,
        receiver: receiverOf(service),
        off: !mayRun(site, service),
        ways: waysInto(service),
        ignores: ignoredBy(service.vendor),
        active: activeOn(service.pages),
      })),
  };
}

function activeOn(pages: string[] | undefined): (path: string | null) => boolean {
  const matches = pages ? pageMatcher(pages) : () => true;
  return (path) => path === null || matches(path);
}

/**
 * Decides about one event of a batch whose token is already open.
 * @param given as it came from a page; {@link admitEvent} is for what has the form of an event already
 * @returns the copies to queue, one per destination; or why there is none
 */
export function admit(
  door: Door,
  given: unknown,
  claims: TokenClaims,
  surroundings: Surroundings,
  tally: Tally,
): Admitted[] | RefusalReason {
  const parsed = pageEvent.safeParse(given);
  if (parsed.success) return admitEvent(door, parsed.data, claims, surroundings, tally);
  tally.add(door.site, everyService, "invalid_event");
  return "invalid_event";
}

/** @param event its `url` may be empty where the owner's backend says it, which knows no page */
export function admitEvent(
  door: Door,
  event: PageEvent,
  claims: TokenClaims,
  surroundings: Surroundings,
  tally: Tally,
): Admitted[] | RefusalReason {
  const refused = (reason: RefusalReason) => {
    tally.add(door.site, everyService, reason);
    return reason;
  };
  if (findPersonalData(event.name) !== null) return refused("invalid_event");
  const nowhere = surroundings.source === "server" && event.url === "";
  const inAddress: DropReason[] = [];
  const page = nowhere
    ? door.home
    : cleanPage(event.url, door.rules, (reason) => inAddress.push(reason));
  if (page.kind === "foreign") return refused("invalid_event");
  if (page.kind === "excluded") return refused("excluded_page");

  const path = nowhere ? null : new URL(event.url).pathname;
  const meant = (id: string) => event.to?.includes(id) ?? true;
  const destinations = door.destinations.filter(
    ({ service, ways, ignores, active }) =>
      ways.includes(surroundings.source) &&
      !ignores.includes(event.name) &&
      meant(service.id) &&
      active(path),
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
  if (granted.length === 0) return refused("not_granted");
  // One without a number is no order: a vendor counts a number once, the empty one too.
  const order = String(event.params["transaction_id"] ?? "").trim();
  const made = new Map<Receiver, Deidentified>();
  return granted.map(({ service, receiver }) => {
    const neutral =
      made.get(receiver) ?? deidentify(event, page, door.rules, receiver, surroundings);
    made.set(receiver, neutral);
    for (const reason of [...inAddress, ...neutral.dropped])
      tally.add(door.site, service.id, `value_${reason}`);
    const transaction = order === "" ? {} : { transaction: door.standIn(service.id, order) };
    return { service: service.id, event: { ...neutral.event, ...transaction }, age: event.age };
  });
}

/** The part of a batch that every event of it shares. */
export function surroundingsOf(
  batch: EventBatch,
  { agent, country, region }: Pick<Surroundings, "agent" | "country" | "region">,
  source: EventSource,
): Surroundings {
  return { source, language: batch.language, width: batch.width, agent, country, region };
}
