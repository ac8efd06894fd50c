import type { Strings } from "./strings.ts";

const it: Strings = {
  title: "I Suoi dati, la Sua scelta",
  points: "Che cosa significa per Lei",
  collected: "Che cosa si raccoglie",
  why: "Per quali finalità",
  recipients: "Chi li riceve",
  abroad: "Dove vengono trasferiti",
  retention: "Per quanto tempo",
  rights: "I Suoi diritti",

  accept: "Accetta tutto",
  refuse: "Rifiuta tutto",
  choose: "Scegli",
  save: "Salva la scelta",
  withdraw: "Revoca tutto",
  close: "Chiudi senza modifiche",
  show: "Consenti e mostra",

  policy: "Informativa sulla privacy",
  consent: "Testo del consenso",
  byAccepting: "Premendo «{accept}» Lei presta il [consenso al trattamento dei dati personali].",
  bySaving:
    "Premendo «{accept}», o «{save}» con una voce attiva, Lei presta il [consenso al trattamento dei dati personali].",

  reopen: "Scelte sulla privacy",
  optOut: "Non vendere né condividere i miei dati personali",
  preferences: "Che cosa consente?",
  alwaysOn: "Sempre attivo",
  partly: "attivo in parte",
  services: "Servizi: {n}",
  recipient: "Destinatario: [{name}], {country}.",
  crossBorder: "I Suoi dati escono dal Paese.",
  stores: "Conservato nel Suo browser: {n}",
  session: "fino alla chiusura del browser",
  byUs: "{life}, lo rimuoviamo in caso di revoca",
  byYou: "{life}, può rimuoverlo solo Lei, nelle impostazioni del browser",

  mine: "Le mie scelte",
  consentId: "Numero del consenso:",
  consentIdUse: "Lo indichi quando chiede dei Suoi dati: {contact}",
  copy: "Copia",
  copied: "Copiato",
  granted: "Consentito: {list}",
  nothing: "Nulla è consentito",
  waiting: "Non ancora inviato; continuiamo a provare",
  receipt: "Ricevuta",
  erase: "Cancella le mie registrazioni",
  eraseSure:
    "Le Sue scelte e le relative ricevute saranno cancellate definitivamente e cesserà tutto ciò che ha consentito.",
  eraseNot: "Conserva",
  eraseNow: "Cancella definitivamente",
  erased: "Le Sue registrazioni sono cancellate.",
  eraseFailed: "Ora non è stato cancellato nulla. Chieda a {contact}",
  leftBehind:
    "Non abbiamo potuto rimuovere {list}. Può farlo solo Lei, nelle impostazioni del browser, tra i dati dei siti.",
  unrecorded:
    "La Sua scelta resta solo in questo browser. Il sito non la registra, perciò non c’è ricevuta.",
  saved: "La Sua scelta è salvata.",

  comma: ", ",
};

export default it;
