import type { Words } from "../words.ts";

export const cs: Words = {
  policy: "Zásady ochrany osobních údajů",
  consent: "Souhlas se zpracováním osobních údajů",
  contents: "Obsah",
  languages: "V jiných jazycích",
  inForce: "Platí od {date}",
  announced: "Oznámeno předem: toto znění nabývá účinnosti {date}",
  superseded: "Již neplatí. Toto znění platilo od {date}",
  readCurrent: "Přečíst platné znění",
  controller: "Správce",
  version: "Verze webu",
  documentHash: "Otisk dokumentu (hash)",
};
