/** The frame of every clinic page: head with the one script tag, header, footer. */
import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { languages, type Language, type Measurement, type Text, type View } from "./site.ts";

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export interface Page {
  title: Text;
  measurement: Measurement;
  main: Html;
  /** Scripts of the clinic itself that need no consent. */
  scripts?: string[];
}

const menu: { path: string; label: Text }[] = [
  { path: "/services", label: { ru: "Услуги", en: "Services" } },
  { path: "/doctors", label: { ru: "Врачи", en: "Doctors" } },
  { path: "/diseases", label: { ru: "О болезнях", en: "Conditions" } },
  { path: "/contacts", label: { ru: "Контакты", en: "Contacts" } },
];

const languageNames: Record<Language, string> = { ru: "Русский", en: "English" };

/** A whole page. `window.soglas` may be called before the tag has arrived: calls wait in an array. */
export function renderPage(view: View, page: Page): Html {
  const { site, t, link } = view;
  const name = t(site.name);
  return html`<!doctype html>
    <html lang="${view.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${t(page.title)} · ${name}</title>
        <script async src="${view.gatewayUrl}/s/${site.id}.js"></script>
        <link rel="icon" href="/assets/drop.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/clinic.css" />
        ${["withdraw.js", ...(page.scripts ?? [])].map((file) => html`<script defer src="/assets/${file}"></script>`)}
      </head>
      <body class="${site.id}">
        <a class="skip" href="#main">${t({ ru: "К содержанию", en: "Skip to content" })}</a>
        <header class="top">
          <div class="wide">
            <a class="brand" href="${link("/")}"><img src="/assets/drop.svg" alt="" />${name}</a>
            <nav aria-label="${t({ ru: "Разделы", en: "Sections" })}">
              ${menu.map(
                ({ path, label }) =>
                  html`<a href="${link(path)}" ${current(view, path)}>${t(label)}</a>`,
              )}
            </nav>
            <a class="button small" href="${link("/online")}" ${current(view, "/online")}
              >${t({ ru: "Записаться", en: "Book a visit" })}</a
            >
          </div>
        </header>
        <main id="main" class="wide">${page.main}</main>
        ${measurementNote(view, page.measurement)} ${footer(view)}
      </body>
    </html>`;
}

function current(view: View, path: string): Html {
  return view.path === path || view.path.startsWith(`${path}/`)
    ? raw('aria-current="page"')
    : raw("");
}

/** Says on the page itself how it is measured: the demo is there to be looked through. */
function measurementNote(view: View, measurement: Measurement): Html {
  const { t, site } = view;
  const texts: Record<Measurement, Text> = {
    tag: {
      ru: `После согласия здесь работает скрипт на странице (${site.tagVendors}).`,
      en: `After consent the vendor's script runs in this page (${site.tagVendors}).`,
    },
    gateway: {
      ru: "После согласия события идут через шлюз клиники; скриптов поставщика здесь нет.",
      en: "After consent events go through the clinic's gateway; no vendor script is here.",
    },
    none: {
      ru: "Эта страница исключена из статистики: о ней не отправляется ничего.",
      en: "This page is left out of statistics: nothing is sent about it.",
    },
  };
  return html`<aside
    class="note wide"
    aria-label="${t({ ru: "О демонстрации", en: "About the demo" })}"
  >
    <p>
      <b>${t({ ru: "Демо.", en: "Demo." })}</b> ${t(texts[measurement])}
      <a href="/what-left?lang=${view.language}"
        >${t({ ru: "Что ушло из шлюза", en: "What left the gateway" })}</a
      >
    </p>
  </aside>`;
}

function footer(view: View): Html {
  const { t, link, site } = view;
  return html`<footer>
    <div class="wide">
      <p>
        ${t({
          ru: "Клиника вымышлена: адрес, номера и врачи придуманы.",
          en: "This clinic is fictional: address, numbers and doctors are invented.",
        })}
      </p>
      <nav aria-label="${t({ ru: "Документы", en: "Documents" })}">
        <a href="${link("/policy")}"
          >${t({ ru: "Политика конфиденциальности", en: "Privacy policy" })}</a
        >
        <a href="${link("/consent")}">${t({ ru: "Текст согласия", en: "Consent document" })}</a>
        <button class="link" type="button" data-soglas-open>
          ${t({ ru: "Настройки приватности", en: "Privacy settings" })}
        </button>
        <button class="link" type="button" data-soglas-withdraw hidden>
          ${t({ ru: "Отозвать согласие", en: "Withdraw consent" })}
        </button>
        <a href="${site.prefix === "" ? "/eu" : "/"}"
          >${
            site.prefix === ""
              ? t({ ru: "Европейская клиника", en: "European clinic" })
              : t({ ru: "Российская клиника", en: "Russian clinic" })
          }</a
        >
      </nav>
      <nav class="languages" aria-label="${t({ ru: "Язык", en: "Language" })}">
        ${languages.map((each) =>
          each === view.language
            ? html`<b lang="${each}">${languageNames[each]}</b>`
            : html`<a lang="${each}" hreflang="${each}" href="${link(view.path, each)}"
                >${languageNames[each]}</a
              >`,
        )}
      </nav>
    </div>
  </footer>`;
}
