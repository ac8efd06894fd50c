import type { Strings } from "./strings.ts";

const sl: Strings = {
  title: "Vaši podatki, vaša izbira",
  points: "Kaj to pomeni za vas",
  collected: "Kaj se zbira",
  why: "S kakšnim namenom",
  recipients: "Kdo jih prejme",
  abroad: "Kam se prenašajo",
  retention: "Koliko časa se hranijo",
  rights: "Vaše pravice",

  accept: "Sprejmi vse",
  refuse: "Zavrni vse",
  choose: "Izberi",
  save: "Shrani izbiro",
  withdraw: "Prekliči vse",
  close: "Zapri brez sprememb",
  show: "Dovoli in prikaži",

  policy: "Pravilnik o zasebnosti",
  consent: "Besedilo privolitve",
  byAccepting: "S pritiskom na »{accept}« dajete [privolitev v obdelavo osebnih podatkov].",
  bySaving:
    "S pritiskom na »{accept}« ali na »{save}«, če je kaj vklopljeno, dajete [privolitev v obdelavo osebnih podatkov].",

  reopen: "Izbire zasebnosti",
  optOut: "Ne prodajajte in ne delite mojih osebnih podatkov",
  preferences: "Kaj dovolite?",
  alwaysOn: "Vedno vklopljeno",
  partly: "delno vklopljeno",
  services: "Storitve: {n}",
  recipient: "Prejme: [{name}], {country}.",
  crossBorder: "Vaši podatki se prenašajo v tujino.",
  stores: "Shranjeno v vašem brskalniku: {n}",
  session: "dokler ne zaprete brskalnika",
  byUs: "{life}, ob preklicu odstranimo mi",
  byYou: "{life}, odstranite lahko samo vi v nastavitvah brskalnika",

  mine: "Moje izbire",
  consentId: "Številka privolitve:",
  consentIdUse: "Navedite jo, ko sprašujete o svojih podatkih: {contact}",
  copy: "Kopiraj",
  copied: "Kopirano",
  granted: "Dovoljeno: {list}",
  nothing: "Nič ni dovoljeno",
  waiting: "Še ni poslano; poskušamo naprej",
  receipt: "Potrdilo",
  erase: "Izbriši moje zapise",
  eraseSure:
    "Vaše izbire in potrdila o njih se trajno izbrišejo, vse, kar ste dovolili, pa preneha.",
  eraseNot: "Obdrži",
  eraseNow: "Trajno izbriši",
  erased: "Vaši zapisi so izbrisani.",
  eraseFailed: "Zdaj ni bilo izbrisano nič. Obrnite se na {contact}",
  leftBehind:
    "Nismo mogli odstraniti: {list}. To lahko storite samo vi v nastavitvah brskalnika, med podatki spletnih mest.",
  unrecorded:
    "Vaša izbira se hrani samo v tem brskalniku. Spletišče je ne beleži, zato ni potrdila.",
  saved: "Vaša izbira je shranjena.",

  comma: ", ",
};

export default sl;
