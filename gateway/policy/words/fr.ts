import type { Words } from "../words.ts";

export const fr: Words = {
  policy: "Politique de confidentialité",
  consent: "Consentement au traitement de données à caractère personnel",
  contents: "Sommaire",
  languages: "Dans d’autres langues",
  inForce: "En vigueur depuis le {date}",
  announced: "Annoncé\u00A0: ce texte prend effet le {date}",
  superseded: "N’est plus en vigueur. Ce texte était en vigueur à partir du {date}",
  readCurrent: "Lire le texte en vigueur",
  controller: "Responsable du traitement",
  version: "Version du site",
  documentHash: "Empreinte de ce document (hash)",
};
