/** “What left the gateway”: what reached the vendors' stand-ins, for anyone to look at. */
import { html } from "hono/html";
import type { Html } from "./layout.ts";
import type { Language, Text } from "./site.ts";

const texts = {
  title: { ru: "Что ушло из шлюза", en: "What left the gateway" },
  lead: {
    ru: "Всё, что дошло до «поставщиков аналитики». Их изображают местные заглушки: наружу не уходит ничего. Сравните запросы страницы и запросы шлюза — в первых видно вас, во вторых нет.",
    en: "Everything that reached the “analytics vendors”, played by local stand-ins: nothing leaves this machine. Compare requests of the page with requests of the gateway: the first show you, the second do not.",
  },
  clear: { ru: "Очистить", en: "Clear" },
  back: { ru: "К клинике", en: "To the clinic" },
  all: { ru: "Все", en: "All" },
  page: { ru: "Из страницы", en: "From the page" },
  server: { ru: "Из шлюза", en: "From the gateway" },
  ga4: { ru: "Google Analytics", en: "Google Analytics" },
  metrika: { ru: "Яндекс.Метрика", en: "Yandex.Metrika" },
  matomo: { ru: "Matomo", en: "Matomo" },
  webhook: { ru: "Вебхук", en: "Webhook" },
  empty: {
    ru: "Пока ничего. Согласитесь на статистику и откройте несколько страниц.",
    en: "Nothing yet. Agree to statistics and open a few pages.",
  },
  headers: { ru: "Заголовки", en: "Headers" },
  parameters: { ru: "Параметры", en: "Parameters" },
  raw: { ru: "Запрос и тело", en: "Request and body" },
  lost: { ru: "Нет связи с демонстрацией.", en: "The demo does not answer." },
} satisfies Record<string, Text>;

/** The page; assets/what-left.js fills it and keeps it fresh. It carries no consent tag of its own. */
export function whatLeft(language: Language): Html {
  const t = (key: keyof typeof texts) => texts[key][language];
  const words = Object.fromEntries(
    Object.keys(texts).map((key) => [key, t(key as keyof typeof texts)]),
  );
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${t("title")}</title>
        <link rel="icon" href="/assets/drop.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/clinic.css" />
        <link rel="stylesheet" href="/assets/what-left.css" />
        <script defer src="/assets/what-left.js"></script>
      </head>
      <body data-words="${JSON.stringify(words)}">
        <main class="wide" id="main">
          <nav class="trail"><a href="/">← ${t("back")}</a></nav>
          <h1>${t("title")}</h1>
          <p class="lead">${t("lead")}</p>
          <div class="tools">
            <div class="filter" role="group" aria-label="${t("title")}">
              ${(["all", "page", "server"] as const).map(
                (key) =>
                  html`<button
                    type="button"
                    data-filter="${key}"
                    aria-pressed="${String(key === "all")}"
                  >
                    ${t(key)} <output data-count="${key}">0</output>
                  </button>`,
              )}
            </div>
            <button type="button" class="clear">${t("clear")}</button>
          </div>
          <p class="lost" role="status"></p>
          <ol class="hits" aria-live="off"></ol>
          <p class="empty">${t("empty")}</p>
        </main>
      </body>
    </html>`;
}
