/** Looking for records, one visitor's records, and whether a record is proven. */
export const pages = {
  label: "Pages of this site",
  records: "Decisions",
  visitor: "Visitor",
  overview: "Overview",
  deliveries: "Deliveries",
  exports: "Export",
  erasure: "Erasure",
  versions: "Versions",
  edit: "Edit",
  tag: "Tag",
};

export const search = {
  heading: "Search decisions",
  more: "More filters",
  submit: "Search",
  reset: "Clear all filters",
  any: "Any",
  otherBrowser: "another one",
  nothing: "No decision meets these filters",
  nothingHint: "Take a filter away, or look at another time.",
  end: "There are no others that meet these filters.",
  lapsing: "Decisions by when they lapse",
  total: (count: number) => `${count} in all`,
  fields: {
    consentId: "Consent number",
    from: "Recorded from",
    to: "Recorded before",
    purpose: "Purpose",
    purposeState: "Choice for the purpose",
    action: "Decision",
    record: "Record",
    service: "Service",
    serviceState: "Choice for the service",
    place: "Decided",
    control: "Button used",
    language: "Language shown",
    country: "Country",
    browser: "Browser",
    device: "Device",
    version: "Site version",
    config: "Configuration",
    policy: "Policy",
    untilFrom: "Lapses from",
    untilTo: "Lapses before",
  },
};

export const visitor = {
  heading: "What a visitor had decided",
  lead: "By the consent number, which visitors find under “My choices” on the site.",
  at: "At the moment",
  everyPurpose: "Every purpose",
  hint: "Without a moment: as it is now. Hyphens, spaces and letter case do not matter.",
  submit: "Show",
  loading: "Looking for the visitor's decisions…",
  state: "On record at",
  follows: "This follows from:",
  nothing: "No decision counted at that moment: none had been made yet, or its time was over.",
  history: "Every decision of this visitor",
};

export const proof = {
  heading: "Proof",
  checking: "Checking…",
  states: {
    verified: "Verified",
    pending: "Not signed yet",
    failed: "Not verified",
    unchecked: "Could not be checked",
  },
  verified: (index: number, log: string, size: number) =>
    `This browser checked it: entry ${index} of the log ${log} is exactly what is shown here, under a signed checkpoint of ${size} entries.`,
  pending: "The record was made a moment ago. It is signed within a second; open it again.",
  failed: (code: string) =>
    `What is shown here is not what the log committed to. Keep the receipt as evidence and tell the operator. Code: ${code}`,
  unchecked: (code: string) =>
    `This browser cannot check such signatures, or the console was not loaded over https. Code: ${code}`,
  download: "Download the receipt",
  forPrograms: "Receipt for programs (ISO 27560)",
  page: "Check it elsewhere",
  key: "Key of the log",
  keyHint:
    "As this gateway names it. Compare it with one from elsewhere: by itself it shows only that the gateway agrees with itself.",
};
