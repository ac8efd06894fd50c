import type { Words } from "../words.ts";

export const pt: Words = {
  policy: "Política de privacidade",
  consent: "Consentimento para o tratamento de dados pessoais",
  contents: "Índice",
  languages: "Noutras línguas",
  inForce: "Em vigor desde {date}",
  announced: "Anunciado: este texto entra em vigor em {date}",
  superseded: "Já não está em vigor. Este texto vigorou desde {date}",
  readCurrent: "Ler o texto em vigor",
  controller: "Responsável pelo tratamento",
  version: "Versão do site",
  documentHash: "Hash deste documento",
};
