/**
 * Events of the owner's backend: the same door, and ids by which an event sent again is known.
 *
 * An id may be an order's number or worse, so only a keyed hash of it is kept, and for a week: long
 * enough for any repetition. An event that was refused leaves no id behind, and may come again.
 */
import { createHmac, createSecretKey } from "node:crypto";
import type { Transaction } from "kysely";
import type { PageEvent } from "../../contract/events.ts";
import type { ServerEvent, ServerEventResult } from "../../contract/server-events.ts";
import { hex } from "../../log/bytes.ts";
import type { Tokens } from "../../log/token.ts";
import { utcDay } from "../../privacy/pseudonym.ts";
import type { InstallationSecret } from "../../secret.ts";
import type { SiteConfig } from "../../sites/sites.ts";
import type { Database } from "../../storage/schema.ts";
import type { Store } from "../../storage/storage.ts";
import { claimsOf } from "../outbox/claims.ts";
import { addCounts, createTally, everyService, type Tally } from "../accounts/counts.ts";
import type { Surroundings } from "./deidentify.ts";
import { admitEvent, type Doors } from "./door.ts";
import { enqueue, type NewEvent } from "../outbox/enqueue.ts";
import { toNewEvent } from "./ingest.ts";

export interface ServerIngest {
  /**
   * Takes events in; resolves after the commit that holds what was accepted.
   * @param config the site's configuration in effect
   * @param events null for one that has not the form of an event: it is counted
   * @param receivedAt Unix milliseconds
   * @returns what became of each, in order
   * @throws {StorageError} the database is out of reach: nothing was stored
   */
  accept(
    config: SiteConfig,
    events: (ServerEvent | null)[],
    receivedAt: number,
  ): Promise<ServerEventResult[]>;
}

export interface ServerIngestDeps {
  storage: { main: Store<Database> };
  tokens: Tokens;
  doors: Doors;
  secret: InstallationSecret;
  /** Called after every commit that queued something: the forwarder's `wake`. */
  onQueued?: () => void;
}

/** Milliseconds an id is remembered, and between two occasions to forget the older ones. */
const remembered = 7 * 86_400_000;
const sweepInterval = 3_600_000;

/** A backend says nothing of the visitor's browser, and its own is nobody's. */
const surroundings: Surroundings = {
  source: "server",
  language: "",
  width: 0,
  agent: { browser: "other", major: null, device: "other" },
  country: null,
  region: null,
};

/** An event that passed the door, and the tally that is right if it is no repetition. */
interface Passed {
  hash: Uint8Array;
  rows: NewEvent[];
  tally: Tally;
}

export function createServerIngest(deps: ServerIngestDeps): ServerIngest {
  const { storage, tokens, doors, onQueued } = deps;
  const key = createSecretKey(deps.secret.derive("event-key"));
  let sweptAt = 0;

  const hashOf = (site: string, id: string) =>
    createHmac("sha256", key).update(`${site}\0${id}`).digest().subarray(0, 16);

  function decide(
    config: SiteConfig,
    event: ServerEvent | null,
    receivedAt: number,
    tally: Tally,
  ): Passed | Extract<ServerEventResult, { status: "refused" }> {
    const { site } = config;
    const refused = (reason: Extract<ServerEventResult, { status: "refused" }>["reason"]) => ({
      status: "refused" as const,
      reason,
    });
    if (!event) {
      tally.add(site.id, everyService, "invalid_event");
      return refused("invalid_event");
    }
    const claims = claimsOf(tokens, site, event.token, receivedAt);
    if (typeof claims === "string") {
      tally.add(site.id, everyService, claims);
      return refused(claims);
    }
    const own = createTally(utcDay(receivedAt));
    const admitted = admitEvent(
      doors(config),
      pageEventOf(event, receivedAt),
      claims,
      surroundings,
      own,
    );
    if (typeof admitted === "string") {
      tally.merge(own);
      return refused(admitted);
    }
    const rows = admitted.map((copy) => toNewEvent(copy, claims, receivedAt));
    return { hash: hashOf(site.id, event.id), rows, tally: own };
  }

  async function forgetOld(now: number): Promise<void> {
    // A clock that was set back must not put it off for ever.
    if (Math.abs(now - sweptAt) < sweepInterval) return;
    sweptAt = now;
    await storage.main.transaction((trx) =>
      trx
        .deleteFrom("event_keys")
        .where("seen_at", "<", now - remembered)
        .execute(),
    );
  }

  return {
    async accept(config, events, receivedAt) {
      await forgetOld(receivedAt);
      const { id: site } = config.site;
      const tally = createTally(utcDay(receivedAt));
      tally.add(site, everyService, "received", events.length);
      const decided = events.map((event) => decide(config, event, receivedAt, tally));
      const passed = decided.filter((each) => "hash" in each);
      const { results, queued } = await storage.main.transaction(async (trx) => {
        const fresh = await noteKeys(trx, site, passed, receivedAt);
        const counted = createTally("");
        counted.merge(tally);
        const rows: NewEvent[] = [];
        const results = decided.map((each): ServerEventResult => {
          if (!("hash" in each)) return each;
          // The first of two with one id in one request is the one that counts.
          if (!fresh.delete(hex(each.hash))) {
            counted.add(site, everyService, "duplicate", 1, utcDay(receivedAt));
            return { status: "duplicate" };
          }
          counted.add(site, everyService, "accepted", 1, utcDay(receivedAt));
          counted.merge(each.tally);
          rows.push(...each.rows);
          return { status: "accepted" };
        });
        await enqueue(trx, rows);
        await addCounts(trx, counted.rows());
        return { results, queued: rows.length > 0 };
      });
      if (queued) onQueued?.();
      return results;
    },
  };
}

/** Notes the ids of these events. @returns those that were not there, in hexadecimal */
async function noteKeys(
  trx: Transaction<Database>,
  site: string,
  passed: Passed[],
  now: number,
): Promise<Set<string>> {
  const keys = new Map(passed.map(({ hash }) => [hex(hash), hash]));
  if (keys.size === 0) return new Set();
  // Sorted, so that transactions of several processes lock rows in one order.
  const sorted = [...keys].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const noted = await trx
    .insertInto("event_keys")
    .values(sorted.map(([, hash]) => ({ site, hash, seen_at: now })))
    .onConflict((conflict) => conflict.columns(["site", "hash"]).doNothing())
    .returning("hash")
    .execute();
  return new Set(noted.map(({ hash }) => hex(hash)));
}

function pageEventOf(event: ServerEvent, receivedAt: number): PageEvent {
  const { name, url, params, items, to, time } = event;
  const age = time === undefined ? 0 : Math.max(0, receivedAt - time * 1000);
  return { name, age, url, referrer: "", title: "", params, items, to };
}
