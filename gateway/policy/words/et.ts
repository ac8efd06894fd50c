import type { Words } from "../words.ts";

export const et: Words = {
  policy: "Privaatsuspoliitika",
  consent: "Nõusolek isikuandmete töötlemiseks",
  contents: "Sisukord",
  languages: "Teistes keeltes",
  inForce: "Kehtivuse algus: {date}",
  announced: "Ette teatatud. Teksti jõustumine: {date}",
  superseded: "Enam ei kehti. Kehtivuse algus: {date}",
  readCurrent: "Loe kehtivat teksti",
  controller: "Vastutav töötleja",
  version: "Saidi versioon",
  documentHash: "Dokumendi räsi",
};
