import type { Strings } from "./strings.ts";

const hr: Strings = {
  title: "Vaši podaci, vaš izbor",
  points: "Što to znači za vas",
  collected: "Što se prikuplja",
  why: "U koju svrhu",
  recipients: "Tko ih prima",
  abroad: "Kamo se prenose",
  retention: "Koliko se dugo čuvaju",
  rights: "Vaša prava",

  accept: "Prihvati sve",
  refuse: "Odbij sve",
  choose: "Odaberi",
  save: "Spremi izbor",
  withdraw: "Povuci sve",
  close: "Zatvori bez promjena",
  show: "Dopusti i prikaži",

  policy: "Pravila privatnosti",
  consent: "Tekst privole",
  byAccepting: "Pritiskom na „{accept}” dajete [privolu za obradu osobnih podataka].",
  bySaving:
    "Pritiskom na „{accept}” ili na „{save}”, ako je nešto uključeno, dajete [privolu za obradu osobnih podataka].",

  reopen: "Izbor privatnosti",
  optOut: "Nemojte prodavati ni dijeliti moje osobne podatke",
  preferences: "Što dopuštate?",
  alwaysOn: "Uvijek uključeno",
  partly: "djelomično uključeno",
  services: "Usluge: {n}",
  recipient: "Primatelj: [{name}], {country}.",
  crossBorder: "Vaši se podaci prenose izvan zemlje.",
  stores: "Čuva se u vašem pregledniku: {n}",
  session: "dok ne zatvorite preglednik",
  byUs: "{life}, uklanjamo kada povučete privolu",
  byYou: "{life}, ukloniti možete samo vi, u postavkama preglednika",

  mine: "Moji izbori",
  consentId: "Broj privole:",
  consentIdUse: "Navedite ga kada pitate o svojim podacima: {contact}",
  copy: "Kopiraj",
  copied: "Kopirano",
  granted: "Dopušteno: {list}",
  nothing: "Ništa nije dopušteno",
  waiting: "Još nije poslano; i dalje pokušavamo",
  receipt: "Potvrda",
  erase: "Izbriši moje zapise",
  eraseSure: "Vaši izbori i potvrde o njima trajno se brišu, a sve što ste dopustili prestaje.",
  eraseNot: "Zadrži",
  eraseNow: "Trajno izbriši",
  erased: "Vaši su zapisi izbrisani.",
  eraseFailed: "Sada ništa nije izbrisano. Obratite se na {contact}",
  leftBehind:
    "Nismo mogli ukloniti: {list}. To možete samo vi, u postavkama preglednika, među podacima web-mjesta.",
  unrecorded: "Vaš izbor čuva se samo u ovom pregledniku. Stranica ga ne bilježi, pa nema potvrde.",
  saved: "Vaš je izbor spremljen.",

  comma: ", ",
};

export default hr;
