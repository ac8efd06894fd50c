import type { Words } from "../words.ts";

export const sl: Words = {
  policy: "Pravilnik o zasebnosti",
  consent: "Privolitev v obdelavo osebnih podatkov",
  contents: "Vsebina",
  languages: "V drugih jezikih",
  inForce: "Velja od: {date}",
  announced: "Napovedano. Besedilo začne veljati: {date}",
  superseded: "Ne velja več. Besedilo je veljalo od: {date}",
  readCurrent: "Preberite veljavno besedilo",
  controller: "Upravljavec",
  version: "Različica spletnega mesta",
  documentHash: "Zgoščena vrednost dokumenta",
};
