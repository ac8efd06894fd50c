/** The few words a document page adds to the owner's text. */

export interface Words {
  policy: string;
  consent: string;
  contents: string;
  languages: string;
  inForce: (date: string) => string;
  announced: (date: string) => string;
  superseded: (date: string) => string;
  readCurrent: string;
  controller: string;
  version: string;
  /** How to check that the text is the one a record names. */
  documentHash: string;
}

const en: Words = {
  policy: "Privacy policy",
  consent: "Consent document",
  contents: "Contents",
  languages: "Other languages",
  inForce: (date) => `In force since ${date}`,
  announced: (date) => `Announced: this text takes effect on ${date}`,
  superseded: (date) => `No longer in force. This text was in force from ${date}`,
  readCurrent: "Read the text in force",
  controller: "Controller",
  version: "Version of the site",
  documentHash: "Hash of this document",
};

const ru: Words = {
  policy: "Политика конфиденциальности",
  consent: "Согласие на обработку персональных данных",
  contents: "Содержание",
  languages: "На других языках",
  inForce: (date) => `Действует с ${date}`,
  announced: (date) => `Объявлено заранее: текст вступает в силу ${date}`,
  superseded: (date) => `Больше не действует. Этот текст действовал с ${date}`,
  readCurrent: "Читать действующий текст",
  controller: "Оператор",
  version: "Версия сайта",
  documentHash: "Хеш документа",
};

const words: Record<string, Words> = { en, ru };

/** English stands in for languages that have no words yet; `language` says which these are. */
export function wordsIn(language: string): { language: string; words: Words } {
  const primary = language.split("-")[0]!;
  const found = words[primary];
  return found ? { language: primary, words: found } : { language: "en", words: en };
}
