import type { Strings } from "./strings.ts";

const lt: Strings = {
  title: "Jūsų duomenys, jūsų pasirinkimas",
  points: "Ką tai jums reiškia",
  collected: "Kas renkama",
  why: "Kokiu tikslu",
  recipients: "Kas juos gauna",
  abroad: "Kur jie perduodami",
  retention: "Kiek laiko saugoma",
  rights: "Jūsų teisės",

  accept: "Priimti viską",
  refuse: "Atmesti viską",
  choose: "Pasirinkti",
  save: "Išsaugoti",
  withdraw: "Atšaukti viską",
  close: "Užverti nieko nekeičiant",
  show: "Leisti ir rodyti",

  policy: "Privatumo politika",
  consent: "Sutikimo tekstas",
  byAccepting: "Spausdami „{accept}“ duodate [sutikimą tvarkyti asmens duomenis].",
  bySaving:
    "Spausdami „{accept}“ arba, kai kas nors įjungta, „{save}“ duodate [sutikimą tvarkyti asmens duomenis].",

  reopen: "Privatumo pasirinkimai",
  optOut: "Neparduokite ir nesidalykite mano asmens duomenimis",
  preferences: "Ką leidžiate?",
  alwaysOn: "Visada įjungta",
  partly: "iš dalies įjungta",
  services: "Paslaugos: {n}",
  recipient: "Gavėjas: [{name}], {country}.",
  crossBorder: "Jūsų duomenys perduodami į užsienį.",
  stores: "Saugoma jūsų naršyklėje: {n}",
  session: "kol uždarysite naršyklę",
  byUs: "{life}, pašaliname atšaukus sutikimą",
  byYou: "{life}, pašalinti galite tik jūs naršyklės nustatymuose",

  mine: "Mano pasirinkimai",
  consentId: "Sutikimo numeris:",
  consentIdUse: "Nurodykite jį klausdami apie savo duomenis: {contact}",
  copy: "Kopijuoti",
  copied: "Nukopijuota",
  granted: "Leidžiama: {list}",
  nothing: "Niekas neleidžiama",
  waiting: "Dar neišsiųsta; bandome toliau",
  receipt: "Patvirtinimas",
  erase: "Ištrinti mano įrašus",
  eraseSure:
    "Jūsų pasirinkimai ir jų patvirtinimai bus ištrinti visam laikui, o viskas, ką leidote, pasibaigs.",
  eraseNot: "Palikti",
  eraseNow: "Ištrinti visam laikui",
  erased: "Jūsų įrašai ištrinti.",
  eraseFailed: "Dabar nieko nepavyko ištrinti. Kreipkitės: {contact}",
  leftBehind:
    "Nepavyko pašalinti: {list}. Tai galite padaryti tik jūs naršyklės nustatymuose, prie svetainių duomenų.",
  unrecorded:
    "Jūsų pasirinkimas saugomas tik šioje naršyklėje. Svetainė jo neįrašo, todėl patvirtinimo nėra.",
  saved: "Jūsų pasirinkimas išsaugotas.",

  comma: ", ",
};

export default lt;
