/**
 * What the page of choices says beside the widget's own texts: what it can do without scripts, and what it
 * cannot. English stands in for other languages, and says so to screen readers.
 */
import { spokenOf } from "../languages.ts";

export interface ChoiceWords {
  /** `{site}`. */
  lead: string;
  /** The gateway's address is not the site's: no cookie of one reaches the other. `{site}`, `{contact}`. */
  elsewhere: string;
  /** The site keeps choices in local storage, which no answer writes. `{site}`, `{contact}`. */
  local: string;
  /** Link to the receipt of the record just made. */
  receipt: string;
}

const words: Record<string, ChoiceWords> = {
  en: {
    lead: "This page works without scripts. What you save here counts on every page of {site} in this browser.",
    elsewhere:
      "A choice cannot be made here: this page has another address than {site}, and what is saved under one does not reach the other. While scripts are off, nothing that needs your consent runs on {site}. With scripts on, you can choose on its own pages. For anything else, ask {contact}.",
    local:
      "A choice cannot be made here: {site} keeps it where only scripts can put it. While scripts are off, nothing that needs your consent runs on {site}. With scripts on, you can choose on its own pages. For anything else, ask {contact}.",
    receipt: "Receipt of this choice",
  },
  ru: {
    lead: "Эта страница работает без скриптов. Сохранённое здесь действует на всех страницах сайта {site} в этом браузере.",
    elsewhere:
      "Здесь сделать выбор нельзя: у этой страницы другой адрес, чем у сайта {site}, и сохранённое на одном не видно на другом. Пока скрипты выключены, на сайте не работает ничего, что требует согласия. Со скриптами выбор можно сделать на страницах сайта. По другим вопросам пишите: {contact}.",
    local:
      "Здесь сделать выбор нельзя: сайт {site} хранит его там, куда записать могут только скрипты. Пока скрипты выключены, на сайте не работает ничего, что требует согласия. Со скриптами выбор можно сделать на страницах сайта. По другим вопросам пишите: {contact}.",
    receipt: "Квитанция об этом выборе",
  },
};

/** With the language they are in. */
export function choiceWordsIn(language: string): { language: string; words: ChoiceWords } {
  const spoken = spokenOf(Object.keys(words), language) ?? "en";
  return { language: spoken, words: words[spoken]! };
}
