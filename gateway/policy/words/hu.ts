import type { Words } from "../words.ts";

export const hu: Words = {
  policy: "Adatkezelési tájékoztató",
  consent: "Hozzájárulás a személyes adatok kezeléséhez",
  contents: "Tartalom",
  languages: "Más nyelveken",
  inForce: "Hatálybalépés: {date}",
  announced: "Előre bejelentett szöveg. Hatálybalépés: {date}",
  superseded: "Már nem hatályos. Hatálybalépés: {date}",
  readCurrent: "A hatályos szöveg",
  controller: "Adatkezelő",
  version: "A webhely verziója",
  documentHash: "A dokumentum lenyomata (hash)",
};
