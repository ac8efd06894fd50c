import type { Strings } from "./strings.ts";

const fi: Strings = {
  title: "Omat tietosi, oma valintasi",
  points: "Mitä tämä tarkoittaa sinulle",
  collected: "Mitä kerätään",
  why: "Miksi",
  recipients: "Kuka tiedot saa",
  abroad: "Minne tiedot siirretään",
  retention: "Säilytysaika",
  rights: "Oikeutesi",

  accept: "Hyväksy kaikki",
  refuse: "Hylkää kaikki",
  choose: "Valitse",
  save: "Tallenna valinta",
  withdraw: "Peruuta kaikki",
  close: "Sulje muuttamatta",
  show: "Salli ja näytä",

  policy: "Tietosuojaseloste",
  consent: "Suostumusteksti",
  byAccepting: "Painamalla ”{accept}” annat [suostumuksen henkilötietojen käsittelyyn].",
  bySaving:
    "Painamalla ”{accept}” tai, kun jotakin on päällä, ”{save}” annat [suostumuksen henkilötietojen käsittelyyn].",

  reopen: "Tietosuojavalinnat",
  optOut: "Älkää myykö tai jakako henkilötietojani",
  preferences: "Mitä sallit?",
  alwaysOn: "Aina päällä",
  partly: "osittain päällä",
  services: "Palveluja: {n}",
  recipient: "Vastaanottaja: [{name}], {country}.",
  crossBorder: "Tietosi siirretään ulkomaille.",
  stores: "Selaimessasi säilytetään: {n}",
  session: "kunnes suljet selaimen",
  byUs: "{life}, poistamme sen, kun peruutat suostumuksen",
  byYou: "{life}, vain sinä voit poistaa sen selaimen asetuksista",

  mine: "Omat valintani",
  consentId: "Suostumuksen numero:",
  consentIdUse: "Ilmoita se, kun kysyt tiedoistasi: {contact}",
  copy: "Kopioi",
  copied: "Kopioitu",
  granted: "Sallittu: {list}",
  nothing: "Mitään ei ole sallittu",
  waiting: "Ei vielä lähetetty; yritämme edelleen",
  receipt: "Kuitti",
  erase: "Poista merkintäni",
  eraseSure: "Valintasi ja niiden kuitit poistetaan pysyvästi, ja kaikki sallimasi päättyy.",
  eraseNot: "Säilytä",
  eraseNow: "Poista pysyvästi",
  erased: "Merkintäsi on poistettu.",
  eraseFailed: "Mitään ei voitu poistaa nyt. Kysy: {contact}",
  leftBehind:
    "Emme voineet poistaa seuraavia: {list}. Vain sinä voit tehdä sen selaimen asetusten sivustotiedoissa.",
  unrecorded:
    "Valintasi säilyy vain tässä selaimessa. Sivusto ei tallenna siitä merkintää, joten kuittia ei ole.",
  saved: "Valintasi on tallennettu.",

  comma: ", ",
};

export default fi;
