/** The demo's site directories are what a site owner would write: publishable and complete. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createDemo } from "../../demo/server.ts";
import { site as siteSchema } from "../../gateway/contract/site.ts";
import { summary as summarySchema } from "../../gateway/contract/summary.ts";
import { pageMatcher } from "../../gateway/privacy/pages.ts";
import { readSiteDirectory } from "../../gateway/sites/directory/read.ts";
import { vendors } from "../../gateway/events/vendors.ts";
import { validateSite } from "../../gateway/sites/directory/validate.ts";

const folder = join(import.meta.dirname, "../../demo/sites");
const demo = createDemo({ gatewayUrl: "http://gateway.test" });

/** What the seed policy speaks of: in every demo policy, in both languages, under a heading or in words. */
const subjects: { subject: string; ru: RegExp; en: RegExp }[] = [
  { subject: "what is collected", ru: /^## Какие данные мы собираем/m, en: /^## What we collect/m },
  { subject: "account", ru: /^### Учётная запись/m, en: /^### Account/m },
  { subject: "support", ru: /^### Обращения в поддержку/m, en: /^### Support/m },
  { subject: "forms", ru: /^### Формы/m, en: /^### Forms/m },
  { subject: "contests", ru: /^### Конкурсы/m, en: /^### Contests/m },
  {
    subject: "other sources",
    ru: /^### Данные из других источников/m,
    en: /^### Data from other/m,
  },
  { subject: "cards", ru: /^## Оплата и банковские карты/m, en: /^## Payment and bank cards/m },
  { subject: "the payment provider", ru: /платёжный провайдер/, en: /payment provider/ },
  { subject: "orders", ru: /^### Заказ/m, en: /^### Orders/m },
  { subject: "refunds", ru: /5–30 рабочих дней/, en: /5 to 30 working days/ },
  { subject: "purposes", ru: /^## Зачем мы используем данные/m, en: /^## Why we use data/m },
  { subject: "recipients", ru: /^## Кому мы передаём данные/m, en: /^## Who receives data/m },
  { subject: "channels", ru: /SMS[\s\S]*push-уведомлен/, en: /SMS[\s\S]*push notifications/ },
  { subject: "transfers", ru: /^## Передача данных за границу/m, en: /^## Transfers abroad/m },
  { subject: "authorities", ru: /^## Запросы государств/m, en: /^## Requests of authorities/m },
  { subject: "Google Analytics", ru: /^### Google Analytics/m, en: /^### Google Analytics/m },
  { subject: "Yandex.Metrika", ru: /^### Яндекс\.Метрика/m, en: /^### Yandex\.Metrika/m },
  { subject: "persistent cookies", ru: /постоянные файлы cookie/, en: /persistent cookies/ },
  { subject: "who can read them", ru: /только Яндекс/, en: /Yandex alone/ },
  { subject: "other sites", ru: /^## Ссылки на чужие/m, en: /^## Links to other/m },
  { subject: "protection", ru: /^## Как мы защищаем данные/m, en: /^## How we protect data/m },
  { subject: "retention", ru: /^## Сколько мы храним/m, en: /^## How long we keep/m },
  { subject: "age 18", ru: /старше 18 лет/, en: /over 18/ },
  { subject: "content rights", ru: /^## Права на содержание/m, en: /^## Rights in the content/m },
  { subject: "30 days ahead", ru: /не позднее чем за 30 дней/, en: /at least 30 days before/ },
  { subject: "answers in 30 days", ru: /в течение 30 дней/, en: /within 30 days/ },
];

/** 152-FZ art. 9(4) and GDPR art. 7: what a consent document must say. */
const consentParts = {
  ru: [
    "Кто даёт согласие",
    "Для чего",
    "Какие данные",
    "Какие действия",
    "Кому",
    "На какой срок",
    "Как отозвать",
  ],
  en: [
    "Who consents",
    "For what",
    "Which data",
    "Which operations",
    "Who receives",
    "For how long",
    "How to withdraw",
  ],
};

const text = (path: string) => readFile(join(folder, path), "utf8");
const json = async (path: string): Promise<unknown> => JSON.parse(await text(path));

describe.each([
  { id: "clinic", prefix: "", jurisdiction: "ru", languages: ["ru", "en"] },
  { id: "clinic-eu", prefix: "/eu", jurisdiction: "eu", languages: ["en", "ru"] },
])("$id", ({ id, prefix, jurisdiction, languages }) => {
  it("can be published", async () => {
    const content = validateSite(await readSiteDirectory(join(folder, id)), vendors);
    expect(content.site.id).toBe(id);
    expect(content.site.jurisdiction).toBe(jurisdiction);
    expect(content.site.languages).toEqual(languages);
    expect([...content.summaries.keys()].toSorted()).toEqual(["en", "ru"]);
  });

  it("has every localized text in every language", async () => {
    const site = siteSchema.parse(await json(`${id}/site.json`));
    const texts = [...site.purposes, ...site.services].flatMap((each) => [
      each.name,
      each.description,
    ]);
    for (const localized of [site.name, ...texts])
      expect(Object.keys(localized).toSorted()).toEqual(["en", "ru"]);
  });

  it("has services in both modes, on different pages", async () => {
    const site = siteSchema.parse(await json(`${id}/site.json`));
    const on = (mode: string, path: string) =>
      site.services.filter(
        (service) => service.mode === mode && pageMatcher(service.pages ?? ["/**"])(prefix + path),
      );
    expect(on("tag", "/online").length).toBeGreaterThan(0);
    expect(on("gateway", "/online")).toEqual([]);
    for (const path of ["/", "/services", "/services/checkup", "/doctors/orlova", "/contacts"]) {
      expect(on("gateway", path).length, path).toBeGreaterThan(0);
      expect(on("tag", path), path).toEqual([]);
    }
    expect(pageMatcher(site.pages.exclude)(`${prefix}/diseases/anxiety`)).toBe(true);
    expect(pageMatcher(site.pages.mask)(`${prefix}/doctors/orlova`)).toBe(true);
  });

  it.each(["ru", "en"] as const)("has a complete policy (%s)", async (language) => {
    const policy = await text(`${id}/policy/${language}.md`);
    for (const subject of subjects) expect(policy, subject.subject).toMatch(subject[language]);
  });

  it.each(["ru", "en"] as const)(
    "names every removable entry in the policy (%s)",
    async (language) => {
      const site = siteSchema.parse(await json(`${id}/site.json`));
      const policy = await text(`${id}/policy/${language}.md`);
      for (const { name } of site.services.flatMap((service) => service.stores))
        expect(policy, name).toContain(`\`${name.replace(/\*$/, "")}`);
    },
  );

  it.each(["ru", "en"] as const)("has a complete consent document (%s)", async (language) => {
    const consent = await text(`${id}/consent/${language}.md`);
    for (const part of consentParts[language]) expect(consent).toContain(`## ${part}`);
    const site = siteSchema.parse(await json(`${id}/site.json`));
    expect(consent).toContain(site.controller.contact);
    for (const purpose of site.purposes.filter(({ essential }) => !essential))
      expect(consent).toContain(`**${purpose.name[language]}**`);
  });

  it.each(["ru", "en"] as const)(
    "links every summary point to a heading (%s)",
    async (language) => {
      const { points } = summarySchema.parse(await json(`${id}/summary/${language}.json`));
      const topics = new Set(points.map(({ topic }) => topic));
      expect(topics).toEqual(
        new Set(["collected", "why", "recipients", "abroad", "retention", "rights"]),
      );
      const address = `http://demo.test${prefix}/policy?lang=${language}`;
      const page = await (await demo.fetch(new Request(address))).text();
      for (const { anchor } of points) expect(page).toContain(`id="${anchor}"`);
    },
  );
});
