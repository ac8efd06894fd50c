/** From a page's batch to durable rows in the outbox: token, consent, de-identification, commit. */
import type { EventBatch, EventsAnswer, RefusalReason } from "../../contract/events.ts";
import { groupCommit } from "../../log/sequencer/group-commit.ts";
import { hex } from "../../log/bytes.ts";
import type { TokenClaims, Tokens } from "../../log/token.ts";
import type { Location } from "../../privacy/location.ts";
import { utcDay } from "../../privacy/pseudonym.ts";
import type { CoarseAgent } from "../../privacy/user-agent.ts";
import type { SiteConfig } from "../../sites/sites.ts";
import type { Database } from "../../storage/schema.ts";
import type { Store } from "../../storage/storage.ts";
import { createTally, everyService, type Tally } from "../accounts/counts.ts";
import { admit, surroundingsOf, type Admitted, type Doors } from "./door.ts";
import { claimsOf } from "../outbox/claims.ts";
import type { EventSource } from "./neutral.ts";
import { takeIn, type NewEvent } from "../outbox/enqueue.ts";

/** What the gateway observed of the request, already coarse: no address, no user agent. */
interface ObservedRequest extends Location {
  /** Milliseconds of the gateway's clock at reception. */
  receivedAt: number;
  agent: CoarseAgent;
  /** Programs are counted and never forwarded. */
  bot: boolean;
}

export interface Ingest {
  /**
   * Takes a batch in; resolves after the commit that holds what was accepted.
   * @param config the site's configuration in effect
   * @param source the widget's tracker when absent
   * @throws {LogError} `overloaded`: too much is waiting, or the gateway is closing: nothing was stored
   * @throws {StorageError} the database is out of reach: nothing was stored
   */
  accept(
    config: SiteConfig,
    batch: EventBatch,
    observed: ObservedRequest,
    source?: EventSource,
  ): Promise<EventsAnswer>;
  /** Commits what is waiting; later batches are refused. */
  close(): Promise<void>;
}

export interface IngestDeps {
  storage: { main: Store<Database> };
  tokens: Tokens;
  doors: Doors;
  /** Called after every commit that queued something: the forwarder's `wake`. */
  onQueued?: () => void;
}

interface Part {
  events: NewEvent[];
  tally: Tally;
}

/**
 * Requests of one transaction, milliseconds one waits for company, and requests that may wait. Whatever
 * comes while one batch is being committed is company enough.
 */
const batching = { maxItems: 256, maxWait: 0, maxWaiting: 4096 };

export function createIngest({ storage, tokens, doors, onQueued }: IngestDeps): Ingest {
  const commits = groupCommit<Part, undefined>({
    ...batching,
    commit: async (parts) => {
      const events = parts.flatMap((part) => part.events);
      const tally = createTally("");
      for (const part of parts) tally.merge(part.tally);
      await storage.main.call(takeIn, { events, counts: tally.rows() });
      if (events.length > 0) onQueued?.();
      return parts.map(() => ({ value: undefined }));
    },
  });

  return {
    async accept(config, batch, observed, source = "page") {
      const site = config.site.id;
      const { receivedAt } = observed;
      const tally = createTally(utcDay(receivedAt));
      const part: Part = { events: [], tally };
      const refused: Partial<Record<RefusalReason, number>> = {};
      const refuse = (reason: RefusalReason, count = 1) => {
        refused[reason] = (refused[reason] ?? 0) + count;
      };
      let accepted = 0;

      tally.add(site, everyService, "received", batch.events.length);
      const claims = observed.bot ? "bot" : claimsOf(tokens, config.site, batch.token, receivedAt);
      if (typeof claims === "string") {
        refuse(claims, batch.events.length);
        tally.add(site, everyService, claims, batch.events.length);
      } else {
        const surroundings = surroundingsOf(batch, observed, source);
        for (const given of batch.events) {
          const admitted = admit(doors(config), given, claims, surroundings, tally);
          if (typeof admitted === "string") refuse(admitted);
          else {
            accepted += 1;
            for (const copy of admitted) part.events.push(toNewEvent(copy, claims, receivedAt));
          }
        }
      }
      tally.add(site, everyService, "accepted", accepted);
      await commits.add(part);
      return { accepted, refused };
    },
    close: () => commits.close(),
  };
}

/** @param receivedAt Unix milliseconds */
export function toNewEvent(
  { service, event, age }: Admitted,
  claims: TokenClaims,
  receivedAt: number,
): NewEvent {
  return {
    site: claims.site,
    service,
    subject: hex(claims.subject),
    relied: { log: claims.log, index: claims.index },
    day: utcDay(receivedAt),
    payload: JSON.stringify(event),
    // Whole seconds: a vendor that also sees the page must not match events by their milliseconds.
    occurredAt: Math.floor((receivedAt - age) / 1000) * 1000,
    receivedAt,
  };
}
