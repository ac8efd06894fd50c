import type { Words } from "../words.ts";

export const nl: Words = {
  policy: "Privacyverklaring",
  consent: "Toestemming voor de verwerking van persoonsgegevens",
  contents: "Inhoud",
  languages: "In andere talen",
  inForce: "Van kracht sinds {date}",
  announced: "Aangekondigd: deze tekst wordt van kracht op {date}",
  superseded: "Niet meer van kracht. Deze tekst was van kracht vanaf {date}",
  readCurrent: "De geldende tekst lezen",
  controller: "Verwerkingsverantwoordelijke",
  version: "Versie van de site",
  documentHash: "Hash van dit document",
};
