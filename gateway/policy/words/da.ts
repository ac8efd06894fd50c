import type { Words } from "../words.ts";

export const da: Words = {
  policy: "Privatlivspolitik",
  consent: "Samtykke til behandling af personoplysninger",
  contents: "Indhold",
  languages: "På andre sprog",
  inForce: "Gælder fra {date}",
  announced: "Varslet: Teksten træder i kraft den {date}",
  superseded: "Gælder ikke længere. Teksten var gældende fra {date}",
  readCurrent: "Læs den gældende tekst",
  controller: "Dataansvarlig",
  version: "Webstedets version",
  documentHash: "Dokumentets hashværdi",
};
