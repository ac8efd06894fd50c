/**
 * Consent at the exit: the log, not the token, says whether an event may leave. Read right before
 * sending, so that what was queued before a withdrawal is dropped. Whatever cannot be shown to be
 * granted now is not granted.
 */
import type { Clock } from "../../clock.ts";
import type { ConsentModeType, Service, Site } from "../../contract/site.ts";
import type { ConsentLog, InForce } from "../../log/log.ts";
import { mayRun } from "../../sites/directory/jurisdictions.ts";
import { isOptOut, profilesOf } from "../../sites/profiles.ts";
import { usesGateway } from "../../sites/relay.ts";
import type { Sites } from "../../sites/sites.ts";
import type { ClaimedEvent } from "../outbox/lease.ts";

/**
 * An event may leave: for this service, as configured now, on the strength of this decision; or, under an
 * opt-out profile, of the configuration that has it.
 */
export interface Pass {
  site: Site;
  service: Service;
  decision: Pick<InForce, "log" | "index" | "purposes">;
}

/** Milliseconds after which a decision is read again before something is sent under it. */
const fresh = 1000;

/** Seconds by which an event may seem to be earlier than the grant: clocks differ. */
const clocksDiffer = 60;

export interface ExitDeps {
  log: Pick<ConsentLog, "inForce" | "grantedSince">;
  sites: Pick<Sites, "effective" | "logged" | "loggedAt">;
  clock: Clock;
}

/**
 * Reads the decisions of a whole claim at once.
 * @returns a function that answers for one event of the claim, null meaning "drop it"
 * @throws whatever the log or the sites throw: then nothing may be sent
 */
export async function openExit(
  { log, sites, clock }: ExitDeps,
  events: ClaimedEvent[],
): Promise<(event: ClaimedEvent) => Promise<Pass | null>> {
  const subjects = new Set(events.map(({ subject }) => subject));
  const readAt = clock.now();
  const decisions = await log.inForce([...subjects].map(bytesOf));

  return async (event) => {
    const stale = clock.now() - readAt > fresh;
    const decision = (stale ? await log.inForce([bytesOf(event.subject)]) : decisions).get(
      event.subject,
    );
    const now = await sites.effective(event.site);
    const service = now?.site.services.find(({ id }) => id === event.service);
    if (!now || !service || !usesGateway(service) || !mayRun(now.site, service)) return null;
    if (!decision) return passOfNobody(sites, event, now.site, service);
    if (decision.validUntil * 1000 <= clock.now()) return null;
    if (decision.services[service.id] !== "granted") return null;
    if (decision.purposes[service.purpose] !== "granted") return null;
    // What happened before a grant or a withdrawal does not come with the next grant.
    const { relied, subject } = event;
    const moment = Math.floor(event.occurredAt / 1000) + clocksDiffer;
    const same = decision.log === relied.log && decision.index === relied.index;
    const since = same && decision.decidedAt <= moment;
    if (!since && !(await log.grantedSince(bytesOf(subject), relied, service.id, moment)))
      return null;
    const shown = (await sites.logged(event.site, decision.config))?.site;
    return shown && names(shown, service) ? { site: now.site, service, decision } : null;
  };
}

/**
 * An event of nobody in particular relies on a logged configuration with an opt-out profile. It may leave
 * while the site has that profile still, for whom that configuration named. No decision and no erased record
 * stands where a configuration does.
 */
async function passOfNobody(
  sites: Pick<Sites, "loggedAt">,
  { site: id, relied }: ClaimedEvent,
  site: Site,
  service: Service,
): Promise<Pass | null> {
  const shown = (await sites.loggedAt(id, relied))?.site;
  if (!shown || !names(shown, service)) return null;
  if (!profilesOf(shown).some((profile) => isOptOut(profile) && profilesOf(site).includes(profile)))
    return null;
  const granted = site.purposes.map(({ id }) => [id, "granted"] as const);
  return { site, service, decision: { ...relied, purposes: Object.fromEntries(granted) } };
}

const bytesOf = (subject: string) => Buffer.from(subject, "hex");

/**
 * Whether what the visitor was shown names this recipient for this purpose: a grant under an older
 * configuration does not reach a service that was since pointed at somebody else.
 */
function names(shown: Site, service: Service): boolean {
  const then = shown.services.find(({ id }) => id === service.id);
  return (
    then !== undefined &&
    then.vendor === service.vendor &&
    then.mode === service.mode &&
    then.purpose === service.purpose &&
    then.recipient.name === service.recipient.name &&
    then.recipient.country === service.recipient.country
  );
}

/**
 * A Google consent mode type as our own record has it: granted or denied by the purposes that carry
 * it, null when the site has no such purpose.
 */
export function consentOf(type: ConsentModeType, { site, decision }: Pass): boolean | null {
  const carriers = site.purposes.filter(({ consentMode }) => consentMode.includes(type));
  if (carriers.length === 0) return null;
  return carriers.some(({ id, essential }) => essential || decision.purposes[id] === "granted");
}
