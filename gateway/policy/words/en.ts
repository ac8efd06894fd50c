import type { Words } from "../words.ts";

export const en: Words = {
  policy: "Privacy policy",
  consent: "Consent document",
  contents: "Contents",
  languages: "Other languages",
  inForce: "In force since {date}",
  announced: "Announced: this text takes effect on {date}",
  superseded: "No longer in force. This text was in force from {date}",
  readCurrent: "Read the text in force",
  controller: "Controller",
  version: "Version of the site",
  documentHash: "Hash of this document",
};
