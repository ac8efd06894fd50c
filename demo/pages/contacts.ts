/** Contacts: the page with embedded content that waits for consent, marked in three ways. */
import { html } from "hono/html";
import type { Page } from "./layout.ts";
import type { View } from "./site.ts";

/** A marked iframe, a marked script of the clinic's own, and markup that exists only after consent. */
export function contacts(view: View): Page {
  const { t } = view;
  const waiting = t({ ru: "Появится после вашего согласия", en: "Appears once you agree" });
  return {
    title: { ru: "Контакты", en: "Contacts" },
    measurement: "gateway",
    scripts: ["goals.js"],
    main: html`<h1>${t({ ru: "Контакты", en: "Contacts" })}</h1>
      <address>
        ${
          view.site.id === "clinic"
            ? t({
                ru: "000000, г. Примерск, ул. Образцовая, д. 1",
                en: "1 Obraztsovaya Street, Primersk",
              })
            : "Musterstraße 1, 00000 Musterstadt"
        }<br />
        +00 000 000-00-00
      </address>
      <h2>${t({ ru: "Как пройти", en: "How to find us" })}</h2>
      <p>
        ${t({
          ru: "Карта загрузится, когда вы разрешите «Карту и виртуальный осмотр».",
          en: "The map loads once you allow “Map and virtual tour”.",
        })}
        <button class="link" type="button" data-soglas-open>
          ${t({ ru: "Изменить выбор", en: "Change your choice" })}
        </button>
      </p>
      <div class="frame" data-waiting="${waiting}">
        <iframe
          class="map"
          title="${t({ ru: "Карта проезда", en: "Map" })}"
          data-consent="media"
          data-src="/stand-in/map?lang=${view.language}"
          width="720"
          height="320"
        ></iframe>
      </div>
      <h2>${t({ ru: "Осмотр кабинетов", en: "A tour of the rooms" })}</h2>
      <div
        class="tour"
        id="tour"
        data-waiting="${waiting}"
        data-rooms="${t({
          ru: "Холл|Кабинет терапевта|УЗИ|Зал реабилитации",
          en: "Hall|Physician's room|Ultrasound|Exercise room",
        })}"
      ></div>
      <script type="text/plain" data-consent="media" src="/assets/tour.js"></script>
      <template data-consent="media">
        <p class="film">
          ${t({
            ru: "Видео клиники: появляется в странице только после согласия.",
            en: "The clinic's film: it enters the page only after consent.",
          })}
        </p>
      </template>
      <p class="actions">
        <button class="button" type="button" data-goal="route" data-item="walk">
          ${t({ ru: "Прислать маршрут", en: "Send me the route" })}
        </button>
        <span class="done" role="status"></span>
      </p>`,
  };
}

/** What the marked iframe shows: a drawing in place of a map provider's page. */
export function map(language: string): ReturnType<typeof html> {
  const label = language === "ru" ? "Клиника" : "Clinic";
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <title>${label}</title>
        <link rel="stylesheet" href="/assets/map.css" />
      </head>
      <body>
        <svg
          viewBox="0 0 720 320"
          preserveAspectRatio="xMidYMid slice"
          role="img"
          aria-label="${label}"
        >
          <rect width="720" height="320" class="land" />
          <path d="M-20 250C160 190 300 300 460 230S700 170 760 200" class="river" />
          <path d="M0 90H720M180 0V320M430 0V320M0 180H430" class="road" />
          <circle cx="430" cy="90" r="11" class="place" />
          <text x="450" y="78">${label}</text>
        </svg>
      </body>
    </html>`;
}
