import fc from "fast-check";
import { expect, test } from "vitest";
import { decisionBody } from "../../../../gateway/contract/decision.ts";
import type { RecorderConfig } from "../../../../gateway/contract/widget.ts";
import {
  makeDecision,
  type Circumstances,
  type Manner,
} from "../../../../widget/core/record/decision.ts";
import { newId } from "../../../../widget/core/choice/new-id.ts";
import type { Choice, Saved } from "../../../../widget/core/choice/saved.ts";
import type { Intent } from "../../../../widget/core/core.ts";
import { config, settings } from "../../config.ts";

const manner: Manner = {
  place: "banner",
  control: "save",
  theme: "dark",
};
const circumstances = (): Circumstances => ({
  id: newId(),
  config: config.config,
  time: 1_790_000_000,
  language: "ru",
  viewport: "narrow",
  page: "/doctors/masked",
  gpc: false,
});
const all = (granted: boolean): Choice => chosen(() => granted);
const chosen = (granted: (id: string) => boolean): Choice =>
  Object.fromEntries(config.asked.map((id) => [id, granted(id)]));
const decide = (
  before: Saved | null,
  choice: Choice,
  extra: Partial<RecorderConfig> = {},
  about: Partial<Intent> = {},
) => {
  const around = circumstances();
  return makeDecision(
    { ...settings, ...extra },
    {
      ...around,
      before,
      manner,
      services: config.services.map(({ id }) => id).join(" "),
      choice: {
        secret: before?.secret || newId(),
        counter: (before?.counter ?? 0) + 1,
        time: around.time,
        choice,
        revision: config.revision,
      },
      ...about,
    },
  );
};

test("every decision has the form the gateway asks for", () => {
  const state = fc.subarray(config.asked).map((ids): Choice => chosen((id) => ids.includes(id)));
  fc.assert(
    fc.property(state, fc.boolean(), (choice, refusalId) => {
      const { body } = decide(null, choice, { refusalId });
      expect(decisionBody.parse(JSON.parse(JSON.stringify(body)))).toEqual(body);
    }),
  );
});

test("names every purpose and service that is asked for, refused ones too", () => {
  const { body } = decide(
    null,
    chosen((id) => id === "analytics" || id === "ga4"),
  );
  expect(body.purposes).toEqual({ analytics: "granted", media: "denied" });
  expect(body.services).toEqual({
    ga4: "granted",
    metrika: "denied",
    "metrika-clean": "denied",
  });
});

test("a service of an essential purpose was not asked for", () => {
  const { ga4: _, ...asked } = all(true);
  expect(decide(null, asked).body.services["ga4"]).toBe("not-asked");
});

test("another configuration at hand by now changes nothing about what was shown", () => {
  const now: Partial<RecorderConfig> = { jurisdiction: "eu" };
  const choice = { media: true, maps: true, ads: false };
  const { body } = decide(null, choice, now, { services: "shop maps", own: "ru" });
  expect(body).toMatchObject({ config: config.config, documents: ["consent"] });
  expect(body.purposes).toEqual({ media: "granted", ads: "denied" });
  expect(body.services).toEqual({ shop: "not-asked", maps: "granted" });
});

test("the counter goes up and the secret stays, whatever is decided", () => {
  const first = decide(null, all(true));
  expect(first.body).toMatchObject({ action: "first", counter: 1 });
  const second = decide(first.saved, all(true));
  expect(second.body).toMatchObject({ action: "renew", counter: 2, secret: first.body.secret });
  const third = decide(second.saved, { ...all(false), media: true });
  expect(third.body).toMatchObject({ action: "change", counter: 3, secret: first.body.secret });
  const fourth = decide(third.saved, all(false));
  expect(fourth.body).toMatchObject({ action: "withdraw", counter: 4, secret: first.body.secret });
  const fifth = decide(fourth.saved, all(true));
  expect(fifth.body).toMatchObject({ action: "change", counter: 5 });
  const ids = [first, second, third, fourth, fifth].map(({ body }) => body.id);
  expect(new Set(ids).size).toBe(5);
});

test("a choice made under other texts is renewed", () => {
  const { saved } = decide(null, all(true));
  expect(decide({ ...saved, choice: null }, all(true)).body.action).toBe("renew");
});

test("a refusal that keeps no id uses a secret once", () => {
  const first = decide(null, all(false), { refusalId: false });
  expect(first.body.secret).toHaveLength(22);
  expect(first.saved).toMatchObject({ secret: "", counter: 0 });
  const second = decide(first.saved, all(true), { refusalId: false });
  expect(second.body).toMatchObject({ action: "first", counter: 1 });
  expect(second.body.secret).not.toBe(first.body.secret);
});

test("a withdrawal reaches the subject that granted, and then forgets it", () => {
  const granted = decide(null, all(true), { refusalId: false });
  const withdrawn = decide(granted.saved, all(false), { refusalId: false });
  expect(withdrawn.body).toMatchObject({
    action: "withdraw",
    counter: 2,
    secret: granted.body.secret,
  });
  expect(withdrawn.saved.secret).toBe("");
});

test("under ru a grant accepts the consent document, a refusal none", () => {
  expect(decide(null, all(true), { jurisdiction: "ru" }).body.documents).toEqual(["consent"]);
  expect(decide(null, all(false), { jurisdiction: "ru" }).body.documents).toEqual([]);
  expect(decide(null, all(true)).body.documents).toEqual([]);
});
