/** What the pages about versions say; the other languages have the same shape. */
import { difference, fields, values } from "./en/difference.ts";
import { edit, publish } from "./en/edit.ts";

export const en = {
  difference,
  edit,
  fields,
  publish,
  values,
  timeline: {
    heading: "Versions",
    lead: "What visitors were shown from when until when. A version never changes once it is published.",
    loading: "Loading the versions…",
    moment: "In force on",
    show: "Show",
    inForce: "In force on",
    counted: "It counted",
    stillNow: "now",
    shown: "What was shown",
    nothingYet: "Nothing was published yet at this moment.",
    all: "Every version",
    counts: "Counts from",
    until: "until",
    state: "State",
    states: {
      announced: "announced",
      "in-force": "in force",
      superseded: "superseded",
      replaced: "never counted",
    },
    published: "Published",
    byCommand: "by the command",
    byKey: "by",
    atOnce: "at once",
    notice: (span: string) => `announced ${span} before`,
    changed: "What is new",
    first: "The first version",
    nothing: "Nothing",
    whatChanged: "What changed",
    parts: {
      policy: "policy",
      consent: "consent document",
      texts: "short policy and words",
      configuration: "configuration",
    },
    version: "Version",
    documents: { policy: "Policy", consent: "Consent document" },
    compareTwo: "Compare two versions",
    from: "The earlier",
    to: "The later",
    compare: "Compare",
    close: "Close the comparison",
  },
  tag: {
    heading: "The tag",
    lead: "What the site's pages need. It never changes: new versions come by themselves.",
    loading: "Loading the tag…",
    paste: "Paste this into every page",
    where:
      "Into the head, before anything that must wait for a choice. It does not hold the page up.",
    policy: "Content-Security-Policy",
    policyLead: "Only for pages that send one: add these sources to it.",
    styles: "Styles need nothing: they are constructed inside the widget.",
    vendors:
      "Vendors' hosts are here because their own scripts run in pages of this site; the list is theirs and may grow.",
    withNonce: "With a nonce",
    inline: "Or, in its place, the fastest first visit",
    inlineLead:
      "An inline script, first in the head. It has tag and interface come in one request where a visitor will be asked; calls to soglas wait in it, and Google’s tags have their consent defaults at once.",
    inlineHash:
      "A page with a policy allows it by this source of script-src; under Trusted Types it needs the policy soglas-start too.",
    noInline:
      "Automatic blocking works only with this element: it must run before anything that it holds back, so there is no inline script to take its place.",
    nonceTag: "Tag with a nonce",
    nonceLead:
      "The server makes a new random value for every answer. Whatever the tag inserts carries it.",
    trustedTypes: "Trusted Types",
    trustedTypesLead: "Where pages demand them, name the one policy of the tag.",
    manager: "Google Tag Manager",
    managerAbroad:
      "Under the Russian profile pages must not load it: it is a foreign host that collects from the page. Use services in mode gateway instead.",
    managerOrder:
      "Put the tag into the page itself, not into a container: what Tag Manager loads comes too late to hold the others back.",
    managerMark: (purpose: string) =>
      `Mark the container's own script, so that it waits until visitors agree to “${purpose}”:`,
    managerTags:
      "Take services that are configured here out of the container; they would count twice.",
  },
};

export type VersionTexts = typeof en;
