/** Events of the past, as the forwarder leaves them: delivered under a decision, and given up. */
import type { Appended } from "../../gateway/log/log.ts";
import type { Installation } from "../staff/installation.ts";

/**
 * Writes for the clinic's gateway service: `received` events, one of which was forwarded under the
 * decision while the others became dead letters.
 */
export async function leaveEvents(
  { storage, clock }: Pick<Installation, "storage" | "clock">,
  received: number,
  decision: Appended,
): Promise<void> {
  const at = { site: "clinic", day: new Date(clock.now()).toISOString().slice(0, 10) };
  const service = "metrika-clean";
  const dead = received - 1;
  const payload = JSON.stringify({
    v: 1,
    source: "page",
    name: "appointment",
    page: "http://localhost:8788/booking",
    referrer: "",
    title: "",
    params: {},
    items: [],
    campaign: {},
    language: "ru",
    screen: null,
    agent: { browser: "chrome", major: 126, device: "desktop" },
    country: null,
  });
  await storage.main.transaction(async (trx) => {
    const { log } = await trx
      .selectFrom("record_ids")
      .select("log")
      .where("id", "=", Buffer.from(decision.recordId, "base64url"))
      .executeTakeFirstOrThrow();
    await trx
      .insertInto("deliveries")
      .values({ ...at, service, log, idx: decision.index, count: 1 })
      .execute();
    await trx
      .insertInto("event_counts")
      .values([
        { ...at, service: "*", outcome: "received", count: received },
        { ...at, service: "*", outcome: "accepted", count: received },
        { ...at, service, outcome: "received", count: received },
        { ...at, service, outcome: "accepted", count: received },
        { ...at, service, outcome: "delivered", count: 1 },
        { ...at, service, outcome: "dead", count: dead },
      ])
      .execute();
    const letter = {
      ...at,
      service,
      subject: Buffer.alloc(16, 3),
      log,
      idx: decision.index,
      payload,
      occurred_at: clock.now() - 60_000,
      due_at: clock.now(),
      leased_until: 0,
      attempts: 3,
      state: "dead",
      reason: "failed_at_vendor",
    };
    await trx
      .insertInto("outbox")
      .values(Array.from({ length: dead }, () => letter))
      .execute();
  });
}
