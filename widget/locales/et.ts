import type { Strings } from "./strings.ts";

const et: Strings = {
  title: "Teie andmed, teie valik",
  points: "Mida see teile tähendab",
  collected: "Mida kogutakse",
  why: "Milleks",
  recipients: "Kes need saab",
  abroad: "Kuhu need edastatakse",
  retention: "Kui kaua säilitatakse",
  rights: "Teie õigused",

  accept: "Nõustun kõigega",
  refuse: "Keeldun kõigest",
  choose: "Valin",
  save: "Salvestan valiku",
  withdraw: "Võtan kõik tagasi",
  close: "Sulge muudatusteta",
  show: "Luba ja näita",

  policy: "Privaatsuspoliitika",
  consent: "Nõusoleku tekst",
  byAccepting: "Vajutades „{accept}“, annate [nõusoleku isikuandmete töötlemiseks].",
  bySaving:
    "Vajutades „{accept}“ või, kui midagi on sisse lülitatud, „{save}“, annate [nõusoleku isikuandmete töötlemiseks].",

  reopen: "Privaatsusvalikud",
  optOut: "Ärge müüge ega jagage minu isikuandmeid",
  preferences: "Mida te lubate?",
  alwaysOn: "Alati sees",
  partly: "osaliselt sees",
  services: "Teenuseid: {n}",
  recipient: "Vastuvõtja: [{name}], {country}.",
  crossBorder: "Teie andmed edastatakse riigist välja.",
  stores: "Teie brauseris hoitakse: {n}",
  session: "kuni brauseri sulgemiseni",
  byUs: "{life}, eemaldame selle nõusoleku tagasivõtmisel",
  byYou: "{life}, eemaldada saate ainult teie ise brauseri seadetes",

  mine: "Minu valikud",
  consentId: "Nõusoleku number:",
  consentIdUse: "Nimetage see, kui küsite oma andmete kohta: {contact}",
  copy: "Kopeeri",
  copied: "Kopeeritud",
  granted: "Lubatud: {list}",
  nothing: "Midagi pole lubatud",
  waiting: "Veel saatmata; proovime uuesti",
  receipt: "Kviitung",
  erase: "Kustuta minu kirjed",
  eraseSure: "Teie valikud ja nende kviitungid kustuvad jäädavalt ning kõik, mida lubasite, lõpeb.",
  eraseNot: "Jäta alles",
  eraseNow: "Kustuta jäädavalt",
  erased: "Teie kirjed on kustutatud.",
  eraseFailed: "Praegu ei õnnestunud midagi kustutada. Küsige: {contact}",
  leftBehind:
    "Meil ei õnnestunud eemaldada: {list}. Seda saate teha ainult teie ise brauseri seadetes saidiandmete all.",
  unrecorded:
    "Teie valik on alles ainult selles brauseris. Sait seda ei talleta, seega kviitungit ei ole.",
  saved: "Teie valik on salvestatud.",

  comma: ", ",
};

export default et;
