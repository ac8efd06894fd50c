/** Home, lists and single entries: the pages that are read. */
import { html } from "hono/html";
import { diseases, doctors, services, type Item } from "./content.ts";
import type { Html, Page } from "./layout.ts";
import type { Text, View } from "./site.ts";

/** The goal button of pages in gateway mode; assets/goals.js listens to it. */
const goalButton = (goal: string, label: string, item = ""): Html =>
  html`<button class="button" type="button" data-goal="${goal}" data-item="${item}">
      ${label}
    </button>
    <span class="done" role="status"></span>`;

export function home(view: View): Page {
  const { t, link } = view;
  return {
    title: { ru: "Клиника, где слушают", en: "A clinic that listens" },
    measurement: "gateway",
    scripts: ["goals.js"],
    main: html`<section class="hero">
        <div>
          <h1>${t({ ru: "Клиника, где сначала слушают", en: "A clinic that listens first" })}</h1>
          <p>
            ${t({
              ru: "Приём длится столько, сколько нужно. Объясняем простыми словами и не назначаем лишнего.",
              en: "A visit takes as long as it takes. We explain in plain words and prescribe nothing you do not need.",
            })}
          </p>
          <p class="actions">
            <a class="button" href="${link("/online")}"
              >${t({ ru: "Записаться онлайн", en: "Book online" })}</a
            >
            ${goalButton("callback", t({ ru: "Перезвоните мне", en: "Call me back" }))}
          </p>
        </div>
        <img src="/assets/spring.svg" alt="" width="420" height="320" />
      </section>
      <h2>${t({ ru: "С чем приходят чаще всего", en: "What people come for" })}</h2>
      ${cards(view, "/services", services)}`,
  };
}

export interface Section {
  path: string;
  title: Text;
  lead: Text;
  items: Item[];
  measurement: Page["measurement"];
}

export const sections: Section[] = [
  {
    path: "/services",
    title: { ru: "Услуги", en: "Services" },
    lead: {
      ru: "Четыре вещи, которые мы умеем хорошо. За остальным направим к тем, кому доверяем сами.",
      en: "Four things we do well. For anything else we send you to people we trust ourselves.",
    },
    items: services,
    measurement: "gateway",
  },
  {
    path: "/doctors",
    title: { ru: "Врачи", en: "Doctors" },
    lead: { ru: "Трое врачей, у которых есть время.", en: "Three doctors who have time." },
    items: doctors,
    measurement: "gateway",
  },
  {
    path: "/diseases",
    title: { ru: "О болезнях простыми словами", en: "Conditions in plain words" },
    lead: {
      ru: "Читайте спокойно: что вы открываете здесь, не узнаёт никакая статистика — даже если вы согласились на неё.",
      en: "Read in peace: no statistics learn what you open here, even if you agreed to them.",
    },
    items: diseases,
    measurement: "none",
  },
];

export function list(view: View, section: Section): Page {
  const { t } = view;
  return {
    title: section.title,
    measurement: section.measurement,
    main: html`<h1>${t(section.title)}</h1>
      <p class="lead">${t(section.lead)}</p>
      ${cards(view, section.path, section.items)}`,
  };
}

export function entry(view: View, section: Section, item: Item): Page {
  const { t, link } = view;
  const price = services.find((service) => service === item)?.price;
  return {
    title: item.title,
    measurement: section.measurement,
    ...(section.measurement === "gateway" && { scripts: ["goals.js"] }),
    main: html`<nav class="trail"><a href="${link(section.path)}">← ${t(section.title)}</a></nav>
      <article>
        <h1>${t(item.title)}</h1>
        <p class="lead">${t(item.note)}${price ? html` · <b>${t(price)}</b>` : ""}</p>
        ${item.text.map((paragraph) => html`<p>${t(paragraph)}</p>`)}
        <p class="actions">
          <a class="button" href="${link("/online")}"
            >${t({ ru: "Записаться", en: "Book a visit" })}</a
          >
          ${
            section.path === "/services"
              ? goalButton(
                  "price_request",
                  t({ ru: "Уточнить цену", en: "Ask about the price" }),
                  item.id,
                )
              : ""
          }
        </p>
      </article>`,
  };
}

function cards(view: View, path: string, items: Item[]): Html {
  const { t, link } = view;
  return html`<ul class="cards">
    ${items.map(
      (item) =>
        html`<li>
          <a href="${link(`${path}/${item.id}`)}"
            ><b>${t(item.title)}</b><span>${t(item.note)}</span></a
          >
        </li>`,
    )}
  </ul>`;
}
