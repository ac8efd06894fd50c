import type { Words } from "../words.ts";

export const de: Words = {
  policy: "Datenschutzerklärung",
  consent: "Einwilligung in die Verarbeitung personenbezogener Daten",
  contents: "Inhalt",
  languages: "In anderen Sprachen",
  inForce: "Gültig seit {date}",
  announced: "Angekündigt: Dieser Text gilt ab {date}",
  superseded: "Nicht mehr gültig. Dieser Text galt ab {date}",
  readCurrent: "Den gültigen Text lesen",
  controller: "Verantwortlicher",
  version: "Version der Website",
  documentHash: "Hash dieses Dokuments",
};
