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

  policy: "Privacy policy",
  consent: "Consent document",
  byAccepting: "By pressing “{accept}” you give your [consent to the processing of personal data].",
  bySaving:
    "By pressing “{accept}”, or “{save}” with anything switched on, you give your [consent to the processing of personal data].",

  preferences: "What do you allow?",
  alwaysOn: "Always on",
  partly: "{n} of {total} on",
  services: "one {n} service|other {n} services",
  byScript: "Runs its own script on this page.",
  byGateway: "Loads nothing here: we pass events on ourselves, without your IP address.",
  recipient: "Received by {name}, {country}.",
  crossBorder: "Your data leaves the country.",
  recipientPolicy: "Privacy policy of {name}",
  stores: "one Keeps {n} entry in your browser|other Keeps {n} entries in your browser",
  entry: "Entry",
  kept: "Kept for",
  removedBy: "On withdrawal",
  session: "this visit",
  byUs: "we remove it",
  byYou: "only you can, in the browser’s settings",

  mine: "My choices",
  consentId: "Consent number",
  consentIdUse: "Give this number when you ask about your data: {contact}",
  copy: "Copy",
  copied: "Copied",
  granted: "Allowed: {list}",
  nothing: "Nothing allowed",
  waiting: "Not sent yet: this happens by itself once the connection is back",
  receipt: "Receipt",
  leftBehind:
    "We could not remove {list}. You can: open your browser’s settings, find cookies and site data, and delete them there.",
  saved: "Your choice is saved.",
};

export default en;
