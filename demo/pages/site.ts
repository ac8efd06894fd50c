/** The two demo sites as the pages see them, and the languages they are written in. */

export const languages = ["ru", "en"] as const;
export type Language = (typeof languages)[number];

/** A text in every language of the demo. */
export type Text = Record<Language, string>;

export interface DemoSite {
  /** Site id at the gateway; also the folder under demo/sites. */
  id: "clinic" | "clinic-eu";
  /** Path under which the site's pages stand; empty for the root. */
  prefix: "" | "/eu";
  /** First language is the one a visitor gets without asking. */
  language: Language;
  name: Text;
  /** Vendors whose scripts the booking pages use, once allowed. */
  tagVendors: string;
  /** Ids the booking page hands to the vendors' own functions. */
  counter: number;
  measurementId: string | null;
}

export const demoSites: DemoSite[] = [
  {
    id: "clinic",
    prefix: "",
    language: "ru",
    name: { ru: "Родник", en: "Rodnik" },
    tagVendors: "Metrika",
    counter: 10000001,
    measurementId: null,
  },
  {
    id: "clinic-eu",
    prefix: "/eu",
    language: "en",
    name: { ru: "Родник Европа", en: "Rodnik Europe" },
    tagVendors: "GA4, Metrika",
    counter: 10000003,
    measurementId: "G-RODNIK01",
  },
];

/** How a page is measured, once the visitor allows it. */
export type Measurement = "tag" | "gateway" | "none";

/** One page request: which site, which language, and how links keep both. */
export interface View {
  site: DemoSite;
  language: Language;
  /** Path inside the site, `/doctors/orlova`. */
  path: string;
  /** Base URL of the gateway, without a trailing slash. */
  gatewayUrl: string;
  t(text: Text): string;
  /** Address of a page of this site in the language in use. */
  link(path: string, language?: Language): string;
}

/** @param asked the `lang` parameter of the request, if any */
export function createView(
  site: DemoSite,
  path: string,
  gatewayUrl: string,
  asked: string | undefined,
): View {
  const language = languages.find((each) => each === asked) ?? site.language;
  return {
    site,
    language,
    path,
    gatewayUrl,
    t: (text) => text[language],
    link: (to, wanted = language) =>
      `${site.prefix}${to === "/" && site.prefix ? "" : to}${wanted === site.language ? "" : `?lang=${wanted}`}`,
  };
}
