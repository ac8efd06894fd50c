import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  everything,
  isPartly,
  moved,
  type PurposeSwitch,
  standing,
} from "../../../widget/ui/choice.ts";

/** Any site; ids may be names that every object has, and stand for one thing each. */
const id = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9-]{0,5}$/),
  fc.constantFrom("constructor", "valueof"),
);
const purposes: fc.Arbitrary<PurposeSwitch[]> = fc
  .record({
    services: fc.uniqueArray(id, { maxLength: 9 }),
    purposes: fc.uniqueArray(fc.record({ id, essential: fc.boolean() }), {
      minLength: 1,
      maxLength: 5,
      selector: (purpose) => purpose.id,
    }),
  })
  .map(({ services, purposes }) =>
    purposes.map((purpose, at) => ({
      ...purpose,
      services: services
        .filter((id, n) => n % purposes.length === at && !purposes.some((each) => each.id === id))
        .map((id) => ({ id })),
    })),
  );
/** A site, and a sequence of switches somebody moves: purpose, service (or none of it), on or off. */
const moves = fc.tuple(
  purposes,
  fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { maxLength: 12 }),
);

function play([site, steps]: [PurposeSwitch[], [number, number, boolean][]]) {
  let choice = standing(site, null);
  for (const [p, s, on] of steps) {
    const purpose = site[p % site.length]!;
    choice = moved(
      site,
      choice,
      on,
      purpose.id,
      purpose.services[s % (purpose.services.length + 1)]?.id,
    );
  }
  return choice;
}

describe("a choice", () => {
  it("names every purpose and service that can be chosen, and no essential one", () => {
    fc.assert(
      fc.property(moves, (played) => {
        const [site] = played;
        const choice = play(played);
        const asked = site.filter(({ essential }) => !essential);
        expect(Object.keys(choice).toSorted()).toEqual(
          asked.flatMap(({ id, services }) => [id, ...services.map((each) => each.id)]).toSorted(),
        );
      }),
    );
  });

  it("grants a purpose exactly when one of its services is granted", () => {
    fc.assert(
      fc.property(moves, (played) => {
        const choice = play(played);
        for (const { id, essential, services } of played[0]) {
          if (essential || !services.length) continue;
          expect(choice[id]).toBe(services.some((service) => choice[service.id]));
        }
      }),
    );
  });

  it("starts with everything off before a decision", () => {
    fc.assert(
      fc.property(purposes, (site) => {
        expect(standing(site, null)).toEqual(everything(site, false));
      }),
    );
  });

  it("starts from the choice in force, and off where that says nothing", () => {
    fc.assert(
      fc.property(moves, (played) => {
        const choice = play(played);
        expect(standing(played[0], choice)).toEqual(choice);
      }),
    );
    const site = [{ id: "a", essential: false, services: [{ id: "old" }, { id: "new" }] }];
    expect(standing(site, { a: true, old: true })).toEqual({
      a: true,
      old: true,
      new: false,
    });
  });
});

describe("moving a switch", () => {
  it("of a purpose takes all its services along and leaves the others", () => {
    fc.assert(
      fc.property(moves, fc.nat(), fc.boolean(), (played, n, on) => {
        const [site] = played;
        const before = play(played);
        const purpose = site[n % site.length]!;
        const after = moved(site, before, on, purpose.id);
        for (const { id, essential, services } of site) {
          if (essential) continue;
          if (!services.length) expect(after[id]).toBe(id === purpose.id ? on : before[id]);
          for (const service of services) {
            expect(after[service.id]).toBe(id === purpose.id ? on : before[service.id]);
          }
          expect(isPartly({ id, essential, services }, after) && id === purpose.id).toBe(false);
        }
      }),
    );
  });

  it("of a service moves that service only", () => {
    fc.assert(
      fc.property(moves, fc.nat(), fc.boolean(), (played, n, on) => {
        const [site] = played;
        const before = play(played);
        const all = site
          .filter(({ essential }) => !essential)
          .flatMap(({ id, services }) =>
            services.map((service) => ({ purpose: id, id: service.id })),
          );
        fc.pre(all.length > 0);
        const { purpose, id } = all[n % all.length]!;
        const after = moved(site, before, on, purpose, id);
        expect(after).toEqual({ ...before, [id]: on, [purpose]: after[purpose] });
      }),
    );
  });

  it("leaves the choice it started from as it was", () => {
    const site = [{ id: "a", essential: false, services: [{ id: "s" }] }];
    const before = everything(site, false);
    moved(site, before, true, "a", "s");
    expect(before).toEqual({ a: false, s: false });
  });
});

describe("partly on", () => {
  const site: PurposeSwitch = { id: "a", essential: false, services: [{ id: "x" }, { id: "y" }] };
  it.each([
    [false, false, false],
    [true, false, true],
    [false, true, true],
    [true, true, false],
  ])("with services %s and %s: %s", (x, y, partly) => {
    expect(isPartly(site, { a: x || y, x, y })).toBe(partly);
  });
});
