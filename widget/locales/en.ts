import type { Strings } from "./strings.ts";

const en: Strings = {
  title: "Your data, your choice",
  points: "What this means for you",
  collected: "What is collected",
  why: "What for",
  recipients: "Who receives it",
  abroad: "Where it goes",
  retention: "For how long",
  rights: "Your rights",

  accept: "Accept all",
  refuse: "Refuse all",
  choose: "Choose",
  save: "Save choice",
  withdraw: "Withdraw everything",
  close: "Close without changes",
  show: "Allow and show",

  policy: "Privacy policy",
  consent: "Consent document",
  byAccepting: "By pressing “{accept}” you give your [consent to the processing of personal data].",
  bySaving:
    "By pressing “{accept}”, or “{save}” with anything switched on, you give your [consent to the processing of personal data].",

  reopen: "Privacy choices",
  optOut: "Do not sell or share my personal information",
  preferences: "What do you allow?",
  alwaysOn: "Always on",
  partly: "partly on",
  services: "Services: {n}",
  recipient: "Received by [{name}], {country}.",
  crossBorder: "Your data leaves the country.",
  stores: "Kept in your browser: {n}",
  session: "until you close the browser",
  byUs: "{life}, we remove it when you withdraw",
  byYou: "{life}, only you can remove it, in the browser’s settings",

  mine: "My choices",
  consentId: "Consent number:",
  consentIdUse: "Quote it when you ask about your data: {contact}",
  copy: "Copy",
  copied: "Copied",
  granted: "Allowed: {list}",
  nothing: "Nothing allowed",
  waiting: "Not sent yet; we keep trying",
  receipt: "Receipt",
  erase: "Erase my records",
  eraseSure: "Your choices and their receipts go for good, and everything you allowed ends.",
  eraseNot: "Keep them",
  eraseNow: "Erase for good",
  erased: "Your records are erased.",
  eraseFailed: "Nothing could be erased now. Ask {contact}",
  leftBehind:
    "We could not remove {list}. Only you can, in the browser’s settings under site data.",
  unrecorded:
    "Your choice is kept in this browser only. The site makes no record of it, so there is no receipt.",
  saved: "Your choice is saved.",

  comma: ", ",
};

export default en;
