import type { Strings } from "./strings.ts";

const sv: Strings = {
  title: "Dina uppgifter, ditt val",
  points: "Vad det innebär för dig",
  collected: "Vad som samlas in",
  why: "För vilka ändamål",
  recipients: "Vem som tar emot dem",
  abroad: "Vart de överförs",
  retention: "Hur länge de sparas",
  rights: "Dina rättigheter",

  accept: "Godkänn alla",
  refuse: "Avvisa alla",
  choose: "Välj",
  save: "Spara valet",
  withdraw: "Återkalla allt",
  close: "Stäng utan ändringar",
  show: "Tillåt och visa",

  policy: "Integritetspolicy",
  consent: "Samtyckestext",
  byAccepting:
    "Genom att trycka på ”{accept}” ger du ditt [samtycke till behandling av personuppgifter].",
  bySaving:
    "Genom att trycka på ”{accept}”, eller på ”{save}” när något är på, ger du ditt [samtycke till behandling av personuppgifter].",

  reopen: "Integritetsval",
  optOut: "Sälj eller dela inte mina personuppgifter",
  preferences: "Vad tillåter du?",
  alwaysOn: "Alltid på",
  partly: "delvis på",
  services: "Tjänster: {n}",
  recipient: "Mottagare: [{name}], {country}.",
  crossBorder: "Dina uppgifter överförs utomlands.",
  stores: "Sparas i din webbläsare: {n}",
  session: "tills du stänger webbläsaren",
  byUs: "{life}, vi tar bort det när du återkallar",
  byYou: "{life}, bara du kan ta bort det, i webbläsarens inställningar",

  mine: "Mina val",
  consentId: "Samtyckesnummer:",
  consentIdUse: "Uppge det när du frågar om dina uppgifter: {contact}",
  copy: "Kopiera",
  copied: "Kopierat",
  granted: "Tillåtet: {list}",
  nothing: "Inget är tillåtet",
  waiting: "Inte skickat än; vi fortsätter försöka",
  receipt: "Kvitto",
  erase: "Radera mina poster",
  eraseSure: "Dina val och kvittona för dem raderas för alltid, och allt du har tillåtit upphör.",
  eraseNot: "Behåll dem",
  eraseNow: "Radera för alltid",
  erased: "Dina poster är raderade.",
  eraseFailed: "Inget kunde raderas nu. Fråga {contact}",
  leftBehind:
    "Vi kunde inte ta bort {list}. Det kan bara du göra, i webbläsarens inställningar under webbplatsdata.",
  unrecorded:
    "Ditt val sparas bara i den här webbläsaren. Webbplatsen registrerar det inte, så det finns inget kvitto.",
  saved: "Ditt val är sparat.",

  comma: ", ",
};

export default sv;
