/** Who may come in, who did, and what they did. */
export const ways = {
  label: "The whole installation",
  sites: "Sites",
  totals: "Totals",
  audit: "Audit trail",
  keys: "Access keys",
};

/** Signing in at the organisation's OpenID provider. */
export const provider = {
  unnamed: "Sign in through your organisation",
  named: (name: string) => `Sign in with ${name}`,
  or: "or",
  problems: {
    refused: "The sign-in was cancelled or refused there. You can begin again.",
    "no-role":
      "You are signed in there, but nothing here is open to you. Ask whoever runs this gateway to give your group a role.",
    expired:
      "This sign-in was begun more than ten minutes ago, in another browser, or again since. Begin again.",
    limited: "Too many sign-ins were begun lately. Try again in a minute.",
    unavailable:
      "The identity provider does not answer. Try again in a moment, or use an access key.",
    failed:
      "The identity provider's answer could not be verified, so nobody was signed in. Begin again; if it stays so, whoever runs this gateway finds the reason in its log.",
  },
};

export const access = {
  heading: "Your access",
  label: "Name of the key",
  role: "Role",
  site: "Site",
  key: "Id of the key",
  person: "Who you are",
  number: "Your number in the audit trail",
  personHint:
    "You signed in through your organisation. If your groups there change, this counts from your next sign-in: at the latest 12 hours after the last one, when the session ends.",
  personEverywhereHint:
    "Ends every session of yours in this console, on every device, this one too. At your organisation's provider you stay signed in.",
  everySite: "Every site",
  allows: {
    owner: "Everything, access keys included.",
    compliance: "Reads, exports, erases, sets legal holds, and sends or discards dead letters.",
    auditor: "Reads and exports; changes nothing.",
    backend: "Sends events of one site from the owner's server; reads nothing.",
  },
  everywhere: "Sign out everywhere",
  everywhereHint:
    "Ends every session that was opened with this key, on every device, this one too.",
};

export const audit = {
  heading: "Audit trail",
  lead: "Every sign-in, read, export and change by staff, noted before the answer left.",
  loading: "Loading the trail…",
  empty: "Nothing meets this",
  emptyHint: "Take the site or the number away.",
  end: "This is where the trail begins.",
  time: "Time",
  action: "What",
  site: "Site",
  who: "Who",
  key: "Number of the key or person",
  detail: "With which filter",
  count: "How many",
  actions: {
    "session.start": "Signed in",
    "session.end": "Signed out",
    "sessions.end": "Signed out everywhere",
    "sites.list": "Looked at the sites",
    "versions.list": "Looked at versions",
    "version.read": "Read a version",
    "versions.compare": "Compared two versions",
    "version.publish": "Published a version",
    "tag.read": "Read the tag",
    "records.list": "Searched decisions",
    "record.read": "Read a decision",
    "replay.read": "Saw a banner again",
    "records.export": "Exported decisions",
    "subject.read": "Read a visitor's decisions",
    "rates.read": "Read rates",
    "overview.read": "Read the overview",
    "events.balance": "Read the balance of events",
    "deliveries.list": "Read deliveries",
    "audit.read": "Read the audit trail",
    "keys.list": "Listed access keys",
    "key.create": "Made an access key",
    "key.revoke": "Revoked an access key",
    "receipt.read": "Read a receipt",
    "subject.erase": "Erased a visitor",
    "erasures.list": "Listed erasures",
    "hold.set": "Set a legal hold",
    "holds.list": "Listed legal holds",
    "hold.lift": "Lifted a legal hold",
    "deadletters.list": "Read dead letters",
    "deadletters.replay": "Sent dead letters again",
    "deadletters.discard": "Discarded dead letters",
  },
};

export const keys = {
  heading: "Access keys",
  lead: "A key is shown once, when it is made; the gateway keeps a hash of it.",
  loading: "Loading the keys…",
  create: "New key",
  submit: "Make the key",
  key: "Access key",
  label: "Whose it is",
  role: "Role",
  site: "Site",
  everySite: "Every site",
  lasts: "Counts for",
  days: (count: number) => `${count} days`,
  always: "Until it is revoked",
  made: "The key is made",
  once: "Copy it now. It is not shown again, and nobody can read it anywhere.",
  kept: "I have kept it",
  created: "Made",
  expires: "Counts until",
  never: "it is revoked",
  state: "State",
  revoked: "revoked",
  expired: "expired",
  yours: "yours, in use",
  revoke: "Revoke",
  really: "Revoke for good",
  keep: "Keep it",
};
