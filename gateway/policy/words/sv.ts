import type { Words } from "../words.ts";

export const sv: Words = {
  policy: "Integritetspolicy",
  consent: "Samtycke till behandling av personuppgifter",
  contents: "Innehåll",
  languages: "På andra språk",
  inForce: "Gäller från {date}",
  announced: "Aviserat: texten börjar gälla {date}",
  superseded: "Gäller inte längre. Texten gällde från {date}",
  readCurrent: "Läs den gällande texten",
  controller: "Personuppgiftsansvarig",
  version: "Webbplatsens version",
  documentHash: "Dokumentets hashvärde",
};
