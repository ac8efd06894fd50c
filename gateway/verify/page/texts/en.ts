/** The page in English; every other language has the same shape. */
import type { NamedWitness } from "../../named-witnesses.ts";
import type { Failure } from "../failures.ts";
import type { ChoiceState } from "../../facts.ts";
import type { LeafKind } from "../../leaf.ts";

export interface Texts {
  /** What stands on the page before anything is checked, by its `data-text`. */
  page: Record<
    | "heading"
    | "lead"
    | "receipt"
    | "receiptHint"
    | "choose"
    | "clear"
    | "key"
    | "keyHint"
    | "site"
    | "take"
    | "witnesses"
    | "witnessesHint"
    | "footer",
    string
  >;
  title: string;
  /** BCP 47, for numbers and dates. */
  locale: string;
  keyIsServed: string;
  keyNotServed: string;
  needsKey: { heading: string; body: (origin: string) => string };
  verdict: Record<"verified" | "failed" | "unchecked", string>;
  summary: Record<LeafKind, (entry: string, origin: string) => string>;
  checks: {
    signed: (size: string) => string;
    dated: (time: string) => string;
    witness: (witness: string, time: string) => string;
    /** What the receipt says of a witness, and nothing vouches for. */
    claimed: Record<NamedWitness["relation"], (witness: string, operator: string) => string>;
    notAsked: (witness: string) => string;
    noWitness: string;
    provenBy: (before: string) => string;
    provenBetween: (after: string, before: string) => string;
    dateInDoubt: string;
    extends: (size: string) => string;
    notCompared: string;
    sealed: string;
    statement: string;
  };
  decision: string;
  subject: string;
  rows: Record<
    | "site"
    | "action"
    | "time"
    | "received"
    | "until"
    | "language"
    | "consentId"
    | "page"
    | "previous",
    string
  >;
  actions: Record<string, string>;
  purposes: Record<ChoiceState, string>;
  services: Record<ChoiceState, string>;
  limits: { heading: string; body: string };
  technical: string;
  failures: Record<Failure, string>;
  code: (code: string) => string;
}

export const en: Texts = {
  page: {
    heading: "Check a receipt",
    lead: "A receipt shows that your decision stands in the site's consent log, and that nobody can change it there unnoticed. It is checked here, in your browser, and not sent anywhere.",
    receipt: "Receipt",
    receiptHint: "Drop the file anywhere on this page, choose it, or paste its text.",
    choose: "Choose a file",
    clear: "Clear",
    key: "Key of the log",
    keyHint:
      "From a source you trust: the site's policy, an auditor, an earlier visit. It begins with the name of the log.",
    site: "or ask this gateway for the key of the site",
    take: "Ask",
    witnesses: "Keys of witnesses",
    witnessesHint: "One a line. Each of them must have confirmed the log.",
    footer:
      "The command “soglas verify receipt” checks the same without this page, and “soglas verify log” checks a whole log.",
  },
  title: "Soglas: check a receipt",
  locale: "en-GB",
  keyIsServed:
    "This key comes from the gateway itself. Compare it with one from elsewhere: by itself it shows only that the gateway agrees with itself.",
  keyNotServed: "This gateway has no log of that site that the receipt could be from.",
  needsKey: {
    heading: "A key is needed",
    body: (origin) =>
      `The receipt says that it comes from the log ${origin}. Whether that is so, the key of that log can tell.`,
  },
  verdict: { verified: "Verified", failed: "Not verified", unchecked: "Could not be checked" },
  summary: {
    consent: (entry, origin) => `The decision stands in the log ${origin} as entry ${entry}.`,
    config: (entry, origin) =>
      `The configuration that visitors were shown stands in the log ${origin} as entry ${entry}.`,
    erasure: (entry, origin) =>
      `The erasure of a record stands in the log ${origin} as entry ${entry}.`,
    epoch: (entry, origin) =>
      `The log ${origin} continues another one; entry ${entry} says which, and why.`,
  },
  checks: {
    signed: (size) =>
      `The log signed it as one of its first ${size} entries. It cannot change or remove it without contradicting its own signature.`,
    dated: (time) => `By the log's own clock it was recorded on ${time}.`,
    witness: (witness, time) =>
      `Witness ${witness} saw the same log on ${time}, and saw it only grow until then.`,
    claimed: {
      independent: (witness, operator) =>
        `Only the receipt says so: ${witness} is run by ${operator}, who is independent of the log's operator.`,
      own: (witness, operator) =>
        `The receipt says that ${witness} is run by ${operator}, for the log's own operator: it guards against loss, not against them.`,
    },
    notAsked: (witness) =>
      `What the witness ${witness} signed was not checked: its key was not given.`,
    noWitness: "No witness was asked: only the log's own clock says when.",
    provenBy: (before) =>
      `By the clock of a witness the record got into the log no later than ${before}.`,
    provenBetween: (after, before) =>
      `By the clocks of witnesses the record got into the log after ${after} and no later than ${before}.`,
    dateInDoubt:
      "The log's own date of the record lies outside that time: the log kept it back, its clock was wrong, or the date is false.",
    extends: (size) =>
      `The log as served now, with ${size} entries, still holds what the receipt shows.`,
    notCompared: "It was not compared with the log as served now.",
    sealed:
      "The receipt does not open the record: that it stands in the log is shown, what it says is not.",
    statement: "The configuration in the receipt is the one the record names, word for word.",
  },
  decision: "What was decided, exactly as the log committed to it",
  subject: "Whose decision it is, exactly as the log committed to it",
  rows: {
    site: "Site",
    action: "What happened",
    time: "Decided, by the visitor's clock",
    received: "Received, by the gateway's clock",
    until: "Counts until",
    language: "Language shown",
    consentId: "Consent id",
    page: "Page",
    previous: "Record before it",
  },
  actions: {
    first: "First decision",
    change: "Change of an earlier decision",
    withdraw: "Withdrawal",
    renew: "Renewal",
    signal: "Refusal by a browser signal",
  },
  purposes: {
    granted: "Purposes allowed",
    denied: "Purposes refused",
    "not-asked": "Purposes not asked",
  },
  services: {
    granted: "Services allowed",
    denied: "Services refused",
    "not-asked": "Services not asked",
  },
  limits: {
    heading: "What this does not show",
    body: "A receipt shows what the gateway received, when, and under which texts. It does not show who clicked. And a log could show one history here and another elsewhere: that is caught by witnesses, and by comparing receipts and logs with each other.",
  },
  technical: "Technical details",
  failures: {
    damaged:
      "This is not a complete receipt. It may have been cut off or changed while it was copied.",
    otherLog:
      "The receipt is not signed with this key: it is from another log, or the key is wrong.",
    forged: "A signature in the receipt is not valid. The receipt was changed after it was signed.",
    notIncluded: "The record in the receipt is not the one that the log signed at this place.",
    halves: "What the receipt says about the record is not what the log committed to.",
    witness: "A witness you named has not confirmed the log as the receipt shows it.",
    contradiction:
      "The log signed this receipt, and the log as it is served now does not contain what the receipt shows: entries were changed or removed, or its files are damaged. Keep the receipt: it is the evidence.",
    logFiles: "The log as it is served now is incomplete or damaged.",
    badKey: "This is not a key. It looks like name+1a2b3c4d+AR… and has no spaces.",
    noKey: "The gateway does not say which key its log has.",
    unreachable: "The gateway does not answer.",
    unsupported:
      "This browser cannot check such signatures, or the page was not loaded over https. A current browser can, and so can the command “soglas verify receipt”.",
  },
  code: (code) => `Code for support: ${code}`,
};
