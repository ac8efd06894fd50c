import type { Strings } from "./strings.ts";

const es: Strings = {
  title: "Sus datos, su decisión",
  points: "Qué significa esto para usted",
  collected: "Qué se recoge",
  why: "Para qué",
  recipients: "Quién los recibe",
  abroad: "Adónde se transfieren",
  retention: "Durante cuánto tiempo",
  rights: "Sus derechos",

  accept: "Aceptar todo",
  refuse: "Rechazar todo",
  choose: "Elegir",
  save: "Guardar selección",
  withdraw: "Retirar todo",
  close: "Cerrar sin cambios",
  show: "Permitir y mostrar",

  policy: "Política de privacidad",
  consent: "Texto del consentimiento",
  byAccepting:
    "Al pulsar «{accept}» otorga su [consentimiento para el tratamiento de datos personales].",
  bySaving:
    "Al pulsar «{accept}», o «{save}» con algo activado, otorga su [consentimiento para el tratamiento de datos personales].",

  reopen: "Opciones de privacidad",
  optOut: "No vender ni compartir mis datos personales",
  preferences: "¿Qué permite?",
  alwaysOn: "Siempre activo",
  partly: "activo en parte",
  services: "Servicios: {n}",
  recipient: "Destinatario: [{name}], {country}.",
  crossBorder: "Sus datos salen del país.",
  stores: "Se guarda en su navegador: {n}",
  session: "hasta que cierre el navegador",
  byUs: "{life}; lo eliminamos cuando retira el consentimiento",
  byYou: "{life}; solo usted puede eliminarlo, en los ajustes del navegador",

  mine: "Mis decisiones",
  consentId: "Número de consentimiento:",
  consentIdUse: "Indíquelo cuando pregunte por sus datos: {contact}",
  copy: "Copiar",
  copied: "Copiado",
  granted: "Permitido: {list}",
  nothing: "Nada permitido",
  waiting: "Aún no se ha enviado; seguimos intentándolo",
  receipt: "Justificante",
  erase: "Borrar mis registros",
  eraseSure:
    "Sus decisiones y sus justificantes se borran para siempre, y termina todo lo que haya permitido.",
  eraseNot: "Conservarlos",
  eraseNow: "Borrar para siempre",
  erased: "Sus registros se han borrado.",
  eraseFailed: "Ahora no se ha podido borrar nada. Pregunte a {contact}",
  leftBehind:
    "No hemos podido eliminar {list}. Solo usted puede hacerlo, en los ajustes del navegador, en los datos de sitios.",
  unrecorded:
    "Su elección se guarda solo en este navegador. El sitio no la registra, por eso no hay justificante.",
  saved: "Su decisión se ha guardado.",

  comma: ", ",
};

export default es;
