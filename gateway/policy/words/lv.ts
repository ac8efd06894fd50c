import type { Words } from "../words.ts";

export const lv: Words = {
  policy: "Privātuma politika",
  consent: "Piekrišana personas datu apstrādei",
  contents: "Saturs",
  languages: "Citās valodās",
  inForce: "Spēkā no: {date}",
  announced: "Paziņots iepriekš. Teksts stājas spēkā: {date}",
  superseded: "Vairs nav spēkā. Teksts bija spēkā no: {date}",
  readCurrent: "Lasīt spēkā esošo tekstu",
  controller: "Pārzinis",
  version: "Vietnes versija",
  documentHash: "Dokumenta jaucējvērtība",
};
