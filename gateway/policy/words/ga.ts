import type { Words } from "../words.ts";

export const ga: Words = {
  policy: "Beartas príobháideachais",
  consent: "Toiliú le próiseáil sonraí pearsanta",
  contents: "Clár ábhair",
  languages: "I dteangacha eile",
  inForce: "I bhfeidhm ón {date}",
  announced: "Fógraithe roimh ré: beidh éifeacht leis an téacs seo ón {date}",
  superseded: "Níl sé i bhfeidhm a thuilleadh. Bhí an téacs seo i bhfeidhm ón {date}",
  readCurrent: "Léigh an téacs atá i bhfeidhm",
  controller: "Rialaitheoir",
  version: "Leagan an tsuímh",
  documentHash: "Hais an doiciméid",
};
