import type { Words } from "../words.ts";

export const lt: Words = {
  policy: "Privatumo politika",
  consent: "Sutikimas tvarkyti asmens duomenis",
  contents: "Turinys",
  languages: "Kitomis kalbomis",
  inForce: "Galioja nuo: {date}",
  announced: "Paskelbta iš anksto. Tekstas įsigalioja: {date}",
  superseded: "Nebegalioja. Tekstas galiojo nuo: {date}",
  readCurrent: "Skaityti galiojantį tekstą",
  controller: "Duomenų valdytojas",
  version: "Svetainės versija",
  documentHash: "Dokumento maiša",
};
