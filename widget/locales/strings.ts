/**
 * Every text of the interface that the site's owner does not write. A language is one file beside
 * this one; the gateway sends one language, which is also what a record's configuration hash covers.
 *
 * Two notations are understood: `{name}` is filled in, `[words]` become a link. Numbers stand after
 * a colon, so that no text needs plural forms; the gateway hands over lengths of time in words.
 */
export interface Strings {
  /** Heading of the banner; names the region to a screen reader. */
  title: string;
  /** Opens the points of the policy summary. */
  points: string;
  /** The six topics of the summary: each is a link to its place in the full policy. */
  collected: string;
  why: string;
  recipients: string;
  abroad: string;
  retention: string;
  rights: string;

  accept: string;
  refuse: string;
  /** Opens the preferences. */
  choose: string;
  save: string;
  /** Takes back every grant in one click; shown only where there is one. */
  withdraw: string;
  close: string;
  /** In the place of embedded content: allows its service, and shows it. */
  show: string;

  /** Link to the full policy. */
  policy: string;
  /** Link to the consent document. */
  consent: string;
  /** Where the consent document stands alone: above the banner's buttons. `{accept}`; link in brackets. */
  byAccepting: string;
  /** The same above the buttons of the preferences. `{accept}`, `{save}`; link in brackets. */
  bySaving: string;

  /** Name of the control that reopens the choices on every page; travels with the tag, not the interface. */
  reopen: string;

  /**
   * Where services run until the visitor opts out: the control that opts out, in the words that California's
   * law gives it (Cal. Civ. Code § 1798.135(a)(1)); travels with the tag too.
   */
  optOut: string;

  /** Heading of the preferences. */
  preferences: string;
  /** Stands where an essential purpose would have its switch. */
  alwaysOn: string;
  /** Said beside a purpose some of whose services are on. */
  partly: string;
  /** Opens the services of a purpose. `{n}`. */
  services: string;
  /** Who receives the data: `{name}`, `{country}`; brackets become a link to the recipient's own policy. */
  recipient: string;
  /** Said beside the recipient where the transfer crosses the border. */
  crossBorder: string;
  /** Opens the list of what a service keeps in the browser. `{n}`. */
  stores: string;
  /** Life of an entry without one: until the browser is closed. */
  session: string;
  /** How long an entry lives, `{life}`, and who can remove it: this page, at a withdrawal, or only the visitor. */
  byUs: string;
  byYou: string;

  /** Heading of the visitor's own record. */
  mine: string;
  /** Stands before the number, with the colon as the language sets it. */
  consentId: string;
  /** What the consent id is good for. `{contact}`. */
  consentIdUse: string;
  copy: string;
  copied: string;
  /** A past decision: `{list}` of what was allowed, or nothing. */
  granted: string;
  nothing: string;
  /** Of a decision whose record the gateway has not acknowledged yet. */
  waiting: string;
  /** Link to the receipt of a recorded decision. */
  receipt: string;
  /** Opens the second step of erasing: what it does, and the two ways on. */
  erase: string;
  eraseSure: string;
  eraseNot: string;
  eraseNow: string;
  /** Said afterwards; and where nothing was erased. `{contact}`. */
  erased: string;
  eraseFailed: string;
  /** What a withdrawal could not remove: `{list}` of names, and what the visitor can do. */
  leftBehind: string;
  /** Said in the place of receipts where a site has no gateway to make records. */
  unrecorded: string;
  /** Announced after a decision. */
  saved: string;

  /** Between the entries of a list, with its space. */
  comma: string;
}

/** The strings that travel with "My choices", in the script of the recorder. */
export const mineKeys = [
  "withdraw",
  "mine",
  "consentId",
  "consentIdUse",
  "copy",
  "copied",
  "granted",
  "nothing",
  "waiting",
  "receipt",
  "erase",
  "eraseSure",
  "eraseNot",
  "eraseNow",
  "eraseFailed",
  "leftBehind",
  "comma",
] as const satisfies (keyof Strings)[];

/** The strings that stand in the place of embedded content. */
export const frameKeys = [
  "show",
  "choose",
  "recipient",
  "crossBorder",
  "byAccepting",
] as const satisfies (keyof Strings)[];

export type FrameStrings = Pick<Strings, (typeof frameKeys)[number]>;
/** `unrecorded` is there where it is so. */
export type MineStrings = Pick<Strings, (typeof mineKeys)[number]> &
  Partial<Pick<Strings, "unrecorded">>;
export type InterfaceStrings = Omit<Strings, keyof MineStrings | "reopen" | "optOut" | "show">;
