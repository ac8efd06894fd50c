import type { Strings } from "./strings.ts";

const de: Strings = {
  title: "Ihre Daten, Ihre Entscheidung",
  points: "Was das für Sie bedeutet",
  collected: "Was erhoben wird",
  why: "Wozu",
  recipients: "Wer die Daten erhält",
  abroad: "Wohin sie gehen",
  retention: "Speicherdauer",
  rights: "Ihre Rechte",

  accept: "Alle akzeptieren",
  refuse: "Alle ablehnen",
  choose: "Auswählen",
  save: "Auswahl speichern",
  withdraw: "Alles widerrufen",
  close: "Ohne Änderung schließen",
  show: "Erlauben und anzeigen",

  policy: "Datenschutzerklärung",
  consent: "Einwilligungserklärung",
  byAccepting:
    "Mit „{accept}“ geben Sie Ihre [Einwilligung in die Verarbeitung personenbezogener Daten].",
  bySaving:
    "Mit „{accept}“ oder, wenn etwas eingeschaltet ist, mit „{save}“ geben Sie Ihre [Einwilligung in die Verarbeitung personenbezogener Daten].",

  reopen: "Datenschutz-Auswahl",
  optOut: "Meine personenbezogenen Daten nicht verkaufen oder weitergeben",
  preferences: "Was erlauben Sie?",
  alwaysOn: "Immer an",
  partly: "teilweise an",
  services: "Dienste: {n}",
  recipient: "Empfänger: [{name}], {country}.",
  crossBorder: "Ihre Daten verlassen das Land.",
  stores: "In Ihrem Browser gespeichert: {n}",
  session: "bis Sie den Browser schließen",
  byUs: "{life}, wir entfernen es bei einem Widerruf",
  byYou: "{life}, nur Sie können es entfernen, in den Einstellungen des Browsers",

  mine: "Meine Auswahl",
  consentId: "Einwilligungsnummer:",
  consentIdUse: "Geben Sie sie an, wenn Sie nach Ihren Daten fragen: {contact}",
  copy: "Kopieren",
  copied: "Kopiert",
  granted: "Erlaubt: {list}",
  nothing: "Nichts erlaubt",
  waiting: "Noch nicht gesendet; wir versuchen es weiter",
  receipt: "Beleg",
  erase: "Meine Einträge löschen",
  eraseSure:
    "Ihre Entscheidungen und die Belege dazu werden endgültig gelöscht, und alles, was Sie erlaubt haben, endet.",
  eraseNot: "Behalten",
  eraseNow: "Endgültig löschen",
  erased: "Ihre Einträge sind gelöscht.",
  eraseFailed: "Jetzt konnte nichts gelöscht werden. Fragen Sie {contact}",
  leftBehind:
    "Wir konnten {list} nicht entfernen. Das können nur Sie, in den Einstellungen des Browsers unter Websitedaten.",
  unrecorded:
    "Ihre Wahl bleibt allein in diesem Browser. Die Website zeichnet sie nicht auf, daher gibt es keinen Beleg.",
  saved: "Ihre Auswahl ist gespeichert.",

  comma: ", ",
};

export default de;
