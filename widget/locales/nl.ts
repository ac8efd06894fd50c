import type { Strings } from "./strings.ts";

const nl: Strings = {
  title: "Uw gegevens, uw keuze",
  points: "Wat dit voor u betekent",
  collected: "Wat er wordt verzameld",
  why: "Waarvoor",
  recipients: "Wie ze ontvangt",
  abroad: "Waar ze naartoe gaan",
  retention: "Bewaartermijn",
  rights: "Uw rechten",

  accept: "Alles accepteren",
  refuse: "Alles weigeren",
  choose: "Kiezen",
  save: "Keuze opslaan",
  withdraw: "Alles intrekken",
  close: "Sluiten zonder wijzigingen",
  show: "Toestaan en tonen",

  policy: "Privacyverklaring",
  consent: "Toestemmingsverklaring",
  byAccepting: "Met ‘{accept}’ geeft u [toestemming voor de verwerking van persoonsgegevens].",
  bySaving:
    "Met ‘{accept}’, of met ‘{save}’ als er iets aanstaat, geeft u [toestemming voor de verwerking van persoonsgegevens].",

  reopen: "Privacykeuzes",
  optOut: "Mijn persoonsgegevens niet verkopen of delen",
  preferences: "Wat staat u toe?",
  alwaysOn: "Altijd aan",
  partly: "deels aan",
  services: "Diensten: {n}",
  recipient: "Ontvanger: [{name}], {country}.",
  crossBorder: "Uw gegevens gaan naar het buitenland.",
  stores: "Bewaard in uw browser: {n}",
  session: "tot u de browser sluit",
  byUs: "{life}, wij verwijderen het bij intrekking",
  byYou: "{life}, alleen u kunt het verwijderen, in de instellingen van de browser",

  mine: "Mijn keuzes",
  consentId: "Toestemmingsnummer:",
  consentIdUse: "Vermeld het als u naar uw gegevens vraagt: {contact}",
  copy: "Kopiëren",
  copied: "Gekopieerd",
  granted: "Toegestaan: {list}",
  nothing: "Niets toegestaan",
  waiting: "Nog niet verzonden; we blijven het proberen",
  receipt: "Bewijs",
  erase: "Mijn registraties wissen",
  eraseSure:
    "Uw keuzes en de bewijzen ervan worden definitief gewist, en alles wat u hebt toegestaan stopt.",
  eraseNot: "Bewaren",
  eraseNow: "Definitief wissen",
  erased: "Uw registraties zijn gewist.",
  eraseFailed: "Er kon nu niets worden gewist. Vraag het aan {contact}",
  leftBehind:
    "Wij konden {list} niet verwijderen. Alleen u kunt dat, in de instellingen van de browser bij sitegegevens.",
  unrecorded:
    "Uw keuze staat alleen in deze browser. De site legt haar niet vast, dus er is geen ontvangstbewijs.",
  saved: "Uw keuze is opgeslagen.",

  comma: ", ",
};

export default nl;
