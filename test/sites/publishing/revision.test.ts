import fc from "fast-check";
import { expect, test } from "vitest";
import type { SiteInput } from "../../../gateway/contract/site.ts";
import { reasonsToAsk, revisionOf } from "../../../gateway/sites/publishing/revision.ts";
import { vendors } from "../../../gateway/events/vendors.ts";
import { validateSite } from "../../../gateway/sites/directory/validate.ts";
import { shopWith } from "../installation.ts";

const revision = async (change: (site: SiteInput) => void = () => {}, consent = "hash") =>
  revisionOf(validateSite(await shopWith(change), vendors).site, consent);

test.each<[string, (site: SiteInput) => void]>([
  ["the look", (site) => (site.banner = { placement: "bar", accent: "#112233" })],
  ["wording", (site) => (site.purposes[1]!.description["en"] = "Other words.")],
  ["how to write to the controller", (site) => (site.controller.contact = "x@shop.example")],
  ["pages", (site) => (site.services[0]!.pages = ["/offers/**"])],
  ["the order of purposes", (site) => (site.purposes = site.purposes.toReversed())],
  ["the order of services", (site) => (site.services = site.services.toReversed())],
  ["origins", (site) => site.origins.pop()],
])("%s: visitors are not asked again", async (_name, change) => {
  expect(await revision(change)).toBe(await revision());
});

test.each<[string, (site: SiteInput) => void]>([
  ["another controller", (site) => (site.controller.name = "Torches Ltd")],
  ["another recipient", (site) => (site.services[0]!.recipient.name = "Someone else")],
  ["another mode", (site) => (site.services[1]!.mode = "tag")],
  ["a weaker profile", (site) => (site.services[1]!.profile = "balanced")],
  ["one more cookie", (site) => site.services[0]!.stores!.push({ name: "_gid", days: 1 })],
  ["a longer-lived cookie", (site) => (site.services[0]!.stores![0]!.days = 731)],
  ["another consent mode type", (site) => (site.purposes[1]!.consentMode = ["ad_storage"])],
  ["one service less", (site) => site.services.pop()],
])("%s: visitors are asked again", async (_name, change) => {
  expect(await revision(change)).not.toBe(await revision());
});

test("another consent document asks again", async () => {
  expect(await revision(undefined, "other hash")).not.toBe(await revision());
});

const valid = async (change: (site: SiteInput) => void = () => {}) =>
  validateSite(await shopWith(change), vendors).site;

test.each<[string, (site: SiteInput) => void, ReturnType<typeof reasonsToAsk>]>([
  ["a wording", (site) => (site.purposes[1]!.description["en"] = "Other words."), []],
  [
    "another controller",
    (site) => (site.controller.name = "Torches Ltd"),
    [{ about: "controller", id: null }],
  ],
  [
    "a service less and a purpose on another basis",
    (site) => {
      site.services.pop();
      site.purposes[0]!.basis = "legal-obligation";
    },
    [
      { about: "purpose", id: "necessary" },
      { about: "service", id: "metrika" },
    ],
  ],
])("%s: why visitors are asked again", async (_name, change, reasons) => {
  const [before, after] = [await valid(), await valid(change)];
  expect(reasonsToAsk({ site: before, consent: "h" }, { site: after, consent: "h" })).toEqual(
    reasons,
  );
  expect(revisionOf(before, "h") === revisionOf(after, "h")).toBe(reasons.length === 0);
});

test("another consent document is a reason", async () => {
  const site = await valid();
  expect(reasonsToAsk({ site, consent: "one" }, { site, consent: "two" })).toEqual([
    { about: "consent", id: null },
  ]);
});

test("no order of anything that is listed asks again", async () => {
  const { site } = validateSite(await shopWith(() => {}), vendors);
  const before = revisionOf(site, "hash");
  const shuffled = <T>(list: T[]) =>
    fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length });
  fc.assert(
    fc.property(
      shuffled(site.purposes),
      shuffled(site.services),
      fc.boolean(),
      (purposes, services, turned) => {
        const stores = services.map((service) => ({
          ...service,
          stores: turned ? service.stores.toReversed() : service.stores,
        }));
        expect(revisionOf({ ...site, purposes, services: stores }, "hash")).toBe(before);
      },
    ),
  );
});
