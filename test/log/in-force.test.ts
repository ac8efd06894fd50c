import { describe, expect, it } from "vitest";
import type { DecisionBody } from "../../gateway/contract/decision.ts";
import { clinic, decision, denied, randomId, start, startSeconds } from "./installation.ts";

const day = 86_400;

/** Appends these decisions of one visitor in this order; returns which one is in force, by its number. */
async function inForceAfter(bodies: Partial<DecisionBody>[]): Promise<number> {
  const { log } = await clinic();
  const secret = randomId();
  const inputs = bodies.map((body) => decision({ ...body, secret }));
  for (const input of inputs) await log.append(input);
  const subject = await log.subjectOf("clinic", secret);
  const [inForce] = (await log.inForce([subject!])).values();
  return inputs.findIndex(({ body }) => body.id === inForce?.recordId);
}

describe("the decision in force", () => {
  it("is the one with the highest counter", async () => {
    expect(await inForceAfter([{ counter: 1 }, { counter: 2, ...denied }, { counter: 3 }])).toBe(2);
  });

  it("stays a withdrawal when the grant before it arrives late", async () => {
    const late = { counter: 1, time: startSeconds - 3600 };
    expect(await inForceAfter([{ counter: 2, action: "withdraw", ...denied }, late])).toBe(0);
  });

  it("is a grant after a withdrawal, late as it may be", async () => {
    const late = { counter: 3, time: startSeconds - 3600 };
    expect(await inForceAfter([{ counter: 2, action: "withdraw", ...denied }, late])).toBe(1);
  });

  it("is the refusal at equal counters, in either order", async () => {
    expect(await inForceAfter([{ counter: 4 }, { counter: 4, ...denied }])).toBe(1);
    expect(await inForceAfter([{ counter: 4, ...denied }, { counter: 4 }])).toBe(0);
  });

  it("is the one granting less at equal counters, the first when they grant the same", async () => {
    const some = { purposes: { necessary: "granted", analytics: "denied" } } as const;
    expect(await inForceAfter([{}, some, {}])).toBe(1);
    expect(await inForceAfter([{}, {}])).toBe(0);
  });

  it("carries what was chosen, explicitly both ways", async () => {
    const { log } = await clinic();
    const input = decision({ counter: 7, services: { metrika: "denied", ga4: "not-asked" } });
    const { subject, ...position } = await log.append(input);
    const found = await log.inForce([subject, subject, Buffer.alloc(16)]);
    expect([...found.keys()]).toEqual([Buffer.from(subject).toString("hex")]);
    expect([...found.values()]).toEqual([
      {
        subject,
        log: position.log,
        origin: position.origin,
        index: position.index,
        recordId: input.body.id,
        counter: 7,
        config: input.body.config,
        decidedAt: startSeconds - 2,
        validUntil: startSeconds - 2 + 365 * day,
        purposes: input.body.purposes,
        services: input.body.services,
      },
    ]);
  });

  it("is valid from the earlier of the two clocks", async () => {
    const { log } = await clinic();
    const times = [startSeconds - 100 * day, startSeconds + 100 * day];
    const subjects = [];
    for (const time of times)
      subjects.push((await log.append(decision({ time }, { validDays: 180 }))).subject);
    const found = await log.inForce(subjects);
    expect(
      subjects.map((subject) => found.get(Buffer.from(subject).toString("hex"))?.validUntil),
    ).toEqual([startSeconds + 80 * day, startSeconds + 180 * day]);
  });

  it("is not there for an erased subject", async () => {
    const { log, storage } = await clinic();
    const { subject } = await log.append(decision());
    await storage.main.transaction((trx) =>
      trx.updateTable("records").set({ subject: null, sealed: null }).execute(),
    );
    expect(await log.inForce([subject])).toEqual(new Map());
  });

  it("is found for many subjects at once", async () => {
    const { log } = await clinic();
    const appended = await Promise.all(Array.from({ length: 700 }, () => log.append(decision())));
    const found = await log.inForce(appended.map(({ subject }) => subject));
    expect(found.size).toBe(700);
    for (const { subject, recordId } of appended)
      expect(found.get(Buffer.from(subject).toString("hex"))?.recordId).toBe(recordId);
  });

  it("flags what arrived more than five minutes after it was decided", async () => {
    const { log, reader } = await clinic();
    const late = async (secondsAgo: number) => {
      const input = decision({ time: startSeconds - secondsAgo }, {});
      await log.append(input);
      return (await reader.record("clinic", input.body.id))?.decision.late;
    };
    expect(start).toBeGreaterThan(0);
    expect([await late(300), await late(301), await late(-3600)]).toEqual([false, true, false]);
  });
});
