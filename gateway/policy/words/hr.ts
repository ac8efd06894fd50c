import type { Words } from "../words.ts";

export const hr: Words = {
  policy: "Pravila privatnosti",
  consent: "Privola za obradu osobnih podataka",
  contents: "Sadržaj",
  languages: "Na drugim jezicima",
  inForce: "Na snazi od {date}",
  announced: "Unaprijed objavljeno: tekst stupa na snagu {date}",
  superseded: "Više nije na snazi. Ovaj je tekst bio na snazi od {date}",
  readCurrent: "Pročitaj tekst koji je na snazi",
  controller: "Voditelj obrade",
  version: "Verzija web-mjesta",
  documentHash: "Kontrolni zbroj dokumenta (hash)",
};
