/** The choices as a form: every purpose and service, what the widget says of each, and no script. */
import { html, raw } from "hono/html";
import type { InterfaceConfig, InterfacePurpose, InterfaceService } from "../../contract/widget.ts";
import { otherLanguages } from "../page.ts";
import { wordsIn } from "../words.ts";
import { choicesStyle, choicesStyleSource } from "./style.ts";
import { choiceWordsIn } from "./words.ts";

export interface ChoicesPage {
  siteName: string;
  languages: string[];
  face: InterfaceConfig;
  /** The widget's texts. */
  texts: Record<string, string>;
  /** What the form carries unseen; null where a choice made here would reach no page of the site. */
  form: Record<string, string> | null;
  /** The site keeps choices in local storage, so that there is no form. */
  local: boolean;
  /** Ids of what is granted now. */
  granted: ReadonlySet<string>;
  /** Set once a choice was saved: where its receipt is. */
  saved: string | null;
}

/** Nothing runs, nothing is loaded, nothing frames the page, and the form goes nowhere else. */
export const choicesPolicy = [
  "default-src 'none'",
  `style-src ${choicesStyleSource}`,
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** The policy allows exactly this text, white space included. */
const styleElement = raw(`<style>${choicesStyle}</style>`);

/** @returns a whole HTML document */
export async function renderChoicesPage(page: ChoicesPage): Promise<string> {
  const { face, texts, siteName, form } = page;
  const lead = page.local ? "local" : form ? "lead" : "elsewhere";
  const { language: spoken, words } = choiceWordsIn(face.language);
  const foreign = spoken === face.language.split("-")[0] ? "" : raw(` lang="${spoken}" dir="ltr"`);
  const filled = (text: string) =>
    text.replaceAll("{site}", siteName).replaceAll("{contact}", face.controller.contact);
  const document = await html`<!doctype html>
    <html lang="${face.language}" dir="${face.direction}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${texts["reopen"] ?? texts["preferences"]} · ${siteName}</title>
        ${styleElement}
      </head>
      <body>
        <header>
          <strong>${siteName}</strong>
          ${otherLanguages(page.languages, face.language, wordsIn(face.language).words)}
        </header>
        <main>
          <h1>${texts["preferences"]}</h1>
          ${savedNotice(page, words.receipt, foreign)}
          <p class="status" ${foreign}>${filled(words[lead])}</p>
          <p>${face.summary.lead}</p>
          <ul class="points">
            ${face.summary.points.map(
              ({ topic, text, href }) =>
                html`<li><a href="${href}">${texts[topic]}</a>: ${text}</li>`,
            )}
          </ul>
          ${form ? formOf(page, form) : face.purposes.map((purpose) => purposeOf(purpose, page))}
        </main>
        <footer>
          <p>
            <a href="${face.documents.policy}">${texts["policy"]}</a> ·
            <a href="${face.documents.consent}">${texts["consent"]}</a>
          </p>
          <p>${face.controller.name}, ${face.controller.contact}</p>
        </footer>
      </body>
    </html> `;
  return document.toString();
}

function savedNotice({ texts, saved }: ChoicesPage, receipt: string, foreign: unknown) {
  if (saved === null) return "";
  return html`<p class="status" role="status">
    ${texts["saved"]} <a href="${saved}" ${foreign}>${receipt}</a>
  </p>`;
}

function formOf(page: ChoicesPage, hidden: Record<string, string>) {
  const { texts, granted, face } = page;
  const fields = Object.entries(hidden).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  const button = (control: string, text = "") =>
    html`<button name="control" value="${control}">${text}</button>`;
  return html`<form method="post" action="?lang=${face.language}" autocomplete="off">
    ${fields} ${face.purposes.map((purpose) => purposeOf(purpose, page))}
    ${face.jurisdiction === "ru" ? accepting(page) : ""}
    <div class="buttons">
      ${button("refuse-all", texts["refuse"])} ${button("save", texts["save"])}
      ${button("accept-all", texts["accept"])}
    </div>
    ${granted.size > 0 ? html`<div class="buttons">${button("withdraw", texts["withdraw"])}</div>` : ""}
  </form>`;
}

/** The consent document stands alone (152-FZ), so what accepts it says so. */
function accepting({ texts, face }: ChoicesPage) {
  const said = (texts["bySaving"] ?? "")
    .replaceAll("{accept}", texts["accept"] ?? "")
    .replaceAll("{save}", texts["save"] ?? "");
  const [before, linked, after] = said.split(/[[\]]/);
  return html`<p>${before}<a href="${face.documents.consent}">${linked}</a>${after}</p>`;
}

function purposeOf(purpose: InterfacePurpose, page: ChoicesPage) {
  const { essential, services, id, name, description } = purpose;
  const own = !essential && services.length === 0 && page.form;
  return html`<fieldset>
    <legend>${name}</legend>
    <p>${description}</p>
    ${essential ? html`<p class="soft">${page.texts["alwaysOn"]}</p>` : ""}
    ${own ? switchOf(id, name, page) : ""}
    ${
      services.length > 0
        ? html`<ul>
            ${services.map((service) => serviceOf(service, essential, page))}
          </ul>`
        : ""
    }
  </fieldset>`;
}

function switchOf(id: string, name: string, { granted }: ChoicesPage) {
  const checked = granted.has(id) ? raw(" checked") : "";
  return html`<label
    ><input type="checkbox" name="granted" value="${id}" ${checked} />${name}</label
  >`;
}

function serviceOf(service: InterfaceService, essential: boolean, page: ChoicesPage) {
  const { name, description, recipient } = service;
  const { texts } = page;
  const [before, linked, after] = (texts["recipient"] ?? "")
    .replace("{country}", recipient.country)
    .split(/[[\]]/)
    .map((part) => part.replace("{name}", recipient.name));
  const receiver =
    recipient.policy === undefined ? linked : html`<a href="${recipient.policy}">${linked}</a>`;
  return html`<li>
    ${essential || !page.form ? html`<strong>${name}</strong>` : switchOf(service.id, name, page)}
    <p>${description}</p>
    <p class="soft">
      ${before}${receiver}${after} ${recipient.crossBorder ? texts["crossBorder"] : ""}
    </p>
    ${storesOf(service, texts)}
  </li>`;
}

function storesOf({ stores }: InterfaceService, texts: Record<string, string>) {
  if (stores.length === 0) return "";
  const items = stores.map(({ name, life, removable }) => {
    const kept = removable ? texts["byUs"] : texts["byYou"];
    return html`<li>
      <code>${name}</code>: ${(kept ?? "").replace("{life}", life ?? texts["session"] ?? "")}
    </li>`;
  });
  return html`<details class="soft">
    <summary>${(texts["stores"] ?? "").replace("{n}", String(stores.length))}</summary>
    <ul>
      ${items}
    </ul>
  </details>`;
}
