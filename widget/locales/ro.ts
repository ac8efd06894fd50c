import type { Strings } from "./strings.ts";

const ro: Strings = {
  title: "Datele dvs., alegerea dvs.",
  points: "Ce înseamnă acest lucru pentru dvs.",
  collected: "Ce se colectează",
  why: "În ce scop",
  recipients: "Cine le primește",
  abroad: "Unde sunt transferate",
  retention: "Cât timp se păstrează",
  rights: "Drepturile dvs.",

  accept: "Accept tot",
  refuse: "Refuz tot",
  choose: "Aleg",
  save: "Salvez alegerea",
  withdraw: "Retrag tot",
  close: "Închideți fără modificări",
  show: "Permite și afișează",

  policy: "Politica de confidențialitate",
  consent: "Textul consimțământului",
  byAccepting:
    "Apăsând „{accept}”, vă dați [consimțământul pentru prelucrarea datelor cu caracter personal].",
  bySaving:
    "Apăsând „{accept}” sau „{save}” când ceva este activat, vă dați [consimțământul pentru prelucrarea datelor cu caracter personal].",

  reopen: "Opțiuni de confidențialitate",
  optOut: "Nu vindeți și nu distribuiți datele mele personale",
  preferences: "Ce permiteți?",
  alwaysOn: "Întotdeauna activ",
  partly: "activ parțial",
  services: "Servicii: {n}",
  recipient: "Destinatar: [{name}], {country}.",
  crossBorder: "Datele dvs. părăsesc țara.",
  stores: "Păstrate în browserul dvs.: {n}",
  session: "până la închiderea browserului",
  byUs: "{life}, eliminăm la retragerea consimțământului",
  byYou: "{life}, numai dvs. puteți elimina, din setările browserului",

  mine: "Alegerile mele",
  consentId: "Numărul consimțământului:",
  consentIdUse: "Menționați-l când întrebați despre datele dvs.: {contact}",
  copy: "Copiere",
  copied: "Copiat",
  granted: "Permis: {list}",
  nothing: "Nimic permis",
  waiting: "Încă netrimis; încercăm în continuare",
  receipt: "Dovadă",
  erase: "Șterg înregistrările mele",
  eraseSure: "Alegerile dvs. și dovezile lor se șterg definitiv, iar tot ce ați permis încetează.",
  eraseNot: "Le păstrez",
  eraseNow: "Șterg definitiv",
  erased: "Înregistrările dvs. au fost șterse.",
  eraseFailed: "Acum nu s-a putut șterge nimic. Întrebați la {contact}",
  leftBehind:
    "Nu am putut elimina {list}. Numai dvs. puteți face acest lucru, din setările browserului, la datele site-urilor.",
  unrecorded:
    "Alegerea dvs. se păstrează doar în acest browser. Site-ul nu o înregistrează, deci nu există recipisă.",
  saved: "Alegerea dvs. a fost salvată.",

  comma: ", ",
};

export default ro;
