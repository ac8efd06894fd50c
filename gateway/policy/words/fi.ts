import type { Words } from "../words.ts";

export const fi: Words = {
  policy: "Tietosuojaseloste",
  consent: "Suostumus henkilötietojen käsittelyyn",
  contents: "Sisällys",
  languages: "Muilla kielillä",
  inForce: "Voimassa alkaen {date}",
  announced: "Ennalta ilmoitettu. Tekstin voimaantulopäivä: {date}",
  superseded: "Ei enää voimassa. Teksti oli voimassa alkaen {date}",
  readCurrent: "Lue voimassa oleva teksti",
  controller: "Rekisterinpitäjä",
  version: "Sivuston versio",
  documentHash: "Asiakirjan tiiviste",
};
