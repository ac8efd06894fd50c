import type { Words } from "../words.ts";

export const it: Words = {
  policy: "Informativa sulla privacy",
  consent: "Consenso al trattamento dei dati personali",
  contents: "Indice",
  languages: "In altre lingue",
  inForce: "In vigore dal {date}",
  announced: "Annunciato: questo testo entra in vigore il {date}",
  superseded: "Non più in vigore. Questo testo era in vigore dal {date}",
  readCurrent: "Leggi il testo in vigore",
  controller: "Titolare del trattamento",
  version: "Versione del sito",
  documentHash: "Hash del documento",
};
