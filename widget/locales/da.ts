import type { Strings } from "./strings.ts";

const da: Strings = {
  title: "Dine data, dit valg",
  points: "Hvad det betyder for dig",
  collected: "Hvad der indsamles",
  why: "Til hvilke formål",
  recipients: "Hvem der modtager dem",
  abroad: "Hvor de overføres til",
  retention: "Hvor længe",
  rights: "Dine rettigheder",

  accept: "Accepter alle",
  refuse: "Afvis alle",
  choose: "Vælg",
  save: "Gem valg",
  withdraw: "Træk alt tilbage",
  close: "Luk uden ændringer",
  show: "Tillad og vis",

  policy: "Privatlivspolitik",
  consent: "Samtykketekst",
  byAccepting:
    "Ved at trykke på »{accept}« giver du [samtykke til behandling af personoplysninger].",
  bySaving:
    "Ved at trykke på »{accept}« eller på »{save}«, når noget er slået til, giver du [samtykke til behandling af personoplysninger].",

  reopen: "Privatlivsvalg",
  optOut: "Sælg eller del ikke mine personoplysninger",
  preferences: "Hvad tillader du?",
  alwaysOn: "Altid slået til",
  partly: "delvist slået til",
  services: "Tjenester: {n}",
  recipient: "Modtages af [{name}], {country}.",
  crossBorder: "Dine data overføres til udlandet.",
  stores: "Gemmes i din browser: {n}",
  session: "indtil du lukker browseren",
  byUs: "{life}, vi fjerner det ved tilbagetrækning",
  byYou: "{life}, kun du kan fjerne det, i browserens indstillinger",

  mine: "Mine valg",
  consentId: "Samtykkenummer:",
  consentIdUse: "Oplys det, når du spørger om dine data: {contact}",
  copy: "Kopiér",
  copied: "Kopieret",
  granted: "Tilladt: {list}",
  nothing: "Intet er tilladt",
  waiting: "Endnu ikke sendt; vi bliver ved med at prøve",
  receipt: "Kvittering",
  erase: "Slet mine registreringer",
  eraseSure:
    "Dine valg og kvitteringerne for dem slettes for altid, og alt, du har tilladt, ophører.",
  eraseNot: "Behold dem",
  eraseNow: "Slet for altid",
  erased: "Dine registreringer er slettet.",
  eraseFailed: "Intet kunne slettes nu. Spørg {contact}",
  leftBehind:
    "Vi kunne ikke fjerne {list}. Det kan kun du gøre, i browserens indstillinger under webstedsdata.",
  unrecorded:
    "Dit valg gemmes kun i denne browser. Webstedet registrerer det ikke, så der er ingen kvittering.",
  saved: "Dit valg er gemt.",

  comma: ", ",
};

export default da;
