import type { Strings } from "./strings.ts";

const sk: Strings = {
  title: "Vaše údaje, vaša voľba",
  points: "Čo to pre vás znamená",
  collected: "Čo sa získava",
  why: "Na aký účel",
  recipients: "Kto ich dostane",
  abroad: "Kam sa prenášajú",
  retention: "Ako dlho sa uchovávajú",
  rights: "Vaše práva",

  accept: "Prijať všetko",
  refuse: "Odmietnuť všetko",
  choose: "Vybrať",
  save: "Uložiť voľbu",
  withdraw: "Odvolať všetko",
  close: "Zavrieť bez zmien",
  show: "Povoliť a zobraziť",

  policy: "Zásady ochrany osobných údajov",
  consent: "Znenie súhlasu",
  byAccepting: "Stlačením „{accept}“ dávate [súhlas so spracúvaním osobných údajov].",
  bySaving:
    "Stlačením „{accept}“ alebo „{save}“, ak je niečo zapnuté, dávate [súhlas so spracúvaním osobných údajov].",

  reopen: "Voľby súkromia",
  optOut: "Nepredávajte ani nezdieľajte moje osobné údaje",
  preferences: "Čo povoľujete?",
  alwaysOn: "Vždy zapnuté",
  partly: "zapnuté čiastočne",
  services: "Služby: {n}",
  recipient: "Príjemca: [{name}], {country}.",
  crossBorder: "Vaše údaje sa prenášajú do zahraničia.",
  stores: "Uložené vo vašom prehliadači: {n}",
  session: "do zatvorenia prehliadača",
  byUs: "{life}, pri odvolaní súhlasu to odstránime",
  byYou: "{life}, odstrániť to môžete len vy v nastaveniach prehliadača",

  mine: "Moje voľby",
  consentId: "Číslo súhlasu:",
  consentIdUse: "Uveďte ho, keď sa pýtate na svoje údaje: {contact}",
  copy: "Kopírovať",
  copied: "Skopírované",
  granted: "Povolené: {list}",
  nothing: "Nič nie je povolené",
  waiting: "Zatiaľ neodoslané, skúšame to ďalej",
  receipt: "Potvrdenie",
  erase: "Vymazať moje záznamy",
  eraseSure:
    "Vaše voľby a potvrdenia o nich sa natrvalo vymažú a všetko, čo ste povolili, sa skončí.",
  eraseNot: "Ponechať",
  eraseNow: "Natrvalo vymazať",
  erased: "Vaše záznamy sú vymazané.",
  eraseFailed: "Teraz sa nepodarilo nič vymazať. Obráťte sa na {contact}",
  leftBehind:
    "Nepodarilo sa nám odstrániť {list}. Môžete to urobiť len vy v nastaveniach prehliadača, v časti o údajoch webov.",
  unrecorded:
    "Vaša voľba je uložená len v tomto prehliadači. Stránka o nej nevedie záznam, preto niet potvrdenky.",
  saved: "Vaša voľba je uložená.",

  comma: ", ",
};

export default sk;
