/** The few words a document page adds to the owner's text; words/ has one file per language. */
import { spokenOf } from "./languages.ts";
import { ar } from "./words/ar.ts";
import { be } from "./words/be.ts";
import { bg } from "./words/bg.ts";
import { cs } from "./words/cs.ts";
import { da } from "./words/da.ts";
import { de } from "./words/de.ts";
import { el } from "./words/el.ts";
import { en } from "./words/en.ts";
import { es } from "./words/es.ts";
import { et } from "./words/et.ts";
import { fi } from "./words/fi.ts";
import { fr } from "./words/fr.ts";
import { ga } from "./words/ga.ts";
import { he } from "./words/he.ts";
import { hr } from "./words/hr.ts";
import { hu } from "./words/hu.ts";
import { it } from "./words/it.ts";
import { ja } from "./words/ja.ts";
import { kk } from "./words/kk.ts";
import { lt } from "./words/lt.ts";
import { lv } from "./words/lv.ts";
import { mt } from "./words/mt.ts";
import { nl } from "./words/nl.ts";
import { pl } from "./words/pl.ts";
import { pt } from "./words/pt.ts";
import { ro } from "./words/ro.ts";
import { ru } from "./words/ru.ts";
import { sk } from "./words/sk.ts";
import { sl } from "./words/sl.ts";
import { sv } from "./words/sv.ts";
import { tr } from "./words/tr.ts";
import { uk } from "./words/uk.ts";
import { zh } from "./words/zh.ts";
import { zhHant } from "./words/zh-Hant.ts";

export interface Words {
  policy: string;
  consent: string;
  contents: string;
  languages: string;
  /** Said of a text by its date, `{date}`: in force, announced, no longer in force. */
  inForce: string;
  announced: string;
  superseded: string;
  readCurrent: string;
  controller: string;
  version: string;
  /** How to check that the text is the one a record names. */
  documentHash: string;
}

const words: Record<string, Words> = {
  ar,
  be,
  bg,
  cs,
  da,
  de,
  el,
  en,
  es,
  et,
  fi,
  fr,
  ga,
  he,
  hr,
  hu,
  it,
  ja,
  kk,
  lt,
  lv,
  mt,
  nl,
  pl,
  pt,
  ro,
  ru,
  sk,
  sl,
  sv,
  tr,
  uk,
  zh,
  "zh-Hant": zhHant,
};

const languages = Object.keys(words);

/** English stands in for languages that have no words; `language` says which these are. */
export function wordsIn(language: string): { language: string; words: Words } {
  const spoken = spokenOf(languages, language) ?? "en";
  return { language: spoken, words: words[spoken]! };
}
