import type { Words } from "../words.ts";

export const es: Words = {
  policy: "Política de privacidad",
  consent: "Consentimiento para el tratamiento de datos personales",
  contents: "Contenido",
  languages: "En otros idiomas",
  inForce: "En vigor desde el {date}",
  announced: "Anunciado: este texto entra en vigor el {date}",
  superseded: "Ya no está en vigor. Este texto estuvo en vigor desde el {date}",
  readCurrent: "Leer el texto vigente",
  controller: "Responsable del tratamiento",
  version: "Versión del sitio",
  documentHash: "Hash de este documento",
};
