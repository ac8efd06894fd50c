import type { Words } from "../words.ts";

export const pl: Words = {
  policy: "Polityka prywatności",
  consent: "Zgoda na przetwarzanie danych osobowych",
  contents: "Spis treści",
  languages: "W innych językach",
  inForce: "Obowiązuje od {date}",
  announced: "Zapowiedź: tekst wchodzi w życie {date}",
  superseded: "Już nie obowiązuje. Ten tekst obowiązywał od {date}",
  readCurrent: "Przeczytaj obowiązujący tekst",
  controller: "Administrator",
  version: "Wersja witryny",
  documentHash: "Skrót dokumentu (hash)",
};
