import type { Words } from "../words.ts";

export const ro: Words = {
  policy: "Politica de confidențialitate",
  consent: "Consimțământ pentru prelucrarea datelor cu caracter personal",
  contents: "Cuprins",
  languages: "În alte limbi",
  inForce: "În vigoare din {date}",
  announced: "Anunțat: acest text intră în vigoare la {date}",
  superseded: "Nu mai este în vigoare. Acest text a fost în vigoare din {date}",
  readCurrent: "Citiți textul în vigoare",
  controller: "Operator",
  version: "Versiunea site-ului",
  documentHash: "Amprenta documentului (hash)",
};
