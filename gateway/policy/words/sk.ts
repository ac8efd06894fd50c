import type { Words } from "../words.ts";

export const sk: Words = {
  policy: "Zásady ochrany osobných údajov",
  consent: "Súhlas so spracúvaním osobných údajov",
  contents: "Obsah",
  languages: "V iných jazykoch",
  inForce: "Platí od {date}",
  announced: "Oznámené vopred: toto znenie nadobúda účinnosť {date}",
  superseded: "Už neplatí. Toto znenie platilo od {date}",
  readCurrent: "Prečítať platné znenie",
  controller: "Prevádzkovateľ",
  version: "Verzia webu",
  documentHash: "Odtlačok dokumentu (hash)",
};
