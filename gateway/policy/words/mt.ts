import type { Words } from "../words.ts";

export const mt: Words = {
  policy: "Politika tal-privatezza",
  consent: "Kunsens għall-ipproċessar tad-data personali",
  contents: "Werrej",
  languages: "B’lingwi oħra",
  inForce: "Fis-seħħ minn {date}",
  announced: "Imħabbar minn qabel: dan it-test jidħol fis-seħħ fi {date}",
  superseded: "M’għadux fis-seħħ. Dan it-test kien fis-seħħ minn {date}",
  readCurrent: "Aqra t-test fis-seħħ",
  controller: "Kontrollur",
  version: "Verżjoni tas-sit",
  documentHash: "Hash tad-dokument",
};
