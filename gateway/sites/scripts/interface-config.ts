/** What of a site's configuration goes into the scripts that show something, in one language. */
import type { Service } from "../../contract/site.ts";
import type { Summary } from "../../contract/summary.ts";
import type { FramesConfig, InterfaceConfig, InterfaceService } from "../../contract/widget.ts";
import { directionOf } from "../../policy/languages.ts";
import { countryIn, lengthIn } from "../../policy/spelled.ts";
import { profilesOf } from "../profiles.ts";
import type { DocumentKind, SiteConfig } from "../sites.ts";
import type { Addresses } from "./tag-config.ts";

/** The interface's configuration in one language of the site. */
export function interfaceConfig(
  { site, version }: SiteConfig,
  language: string,
  summary: Summary,
  addresses: DocumentAddresses,
): InterfaceConfig {
  const link = (kind: DocumentKind) => documentUrl(addresses, site.id, kind, version, language);
  return {
    language,
    direction: directionOf(language),
    jurisdiction: site.jurisdiction,
    ...(profilesOf(site).length > 1 && { several: true }),
    look: {
      placement: site.banner.placement,
      theme: site.banner.theme,
      accent: site.banner.accent,
      ...(site.banner.density === "compact" && { density: "compact" }),
      ...(site.banner.logo !== undefined && { logo: site.banner.logo }),
    },
    controller: { name: site.controller.name, contact: site.controller.contact },
    summary: {
      lead: summary.lead,
      points: summary.points.map(({ topic, text, anchor }) => ({
        topic,
        text,
        href: `${link("policy")}#${encodeURIComponent(anchor)}`,
      })),
    },
    documents: { policy: link("policy"), consent: link("consent") },
    purposes: site.purposes.map((purpose) => ({
      id: purpose.id,
      name: textIn(purpose.name, language),
      description: textIn(purpose.description, language),
      essential: purpose.essential,
      services: site.services
        .filter((service) => service.purpose === purpose.id)
        .map((service) => interfaceService(service, language)),
    })),
  };
}

/** The configuration, in one language of the site, of what stands in the place of embedded content. */
export function framesConfig(
  { site, version }: SiteConfig,
  language: string,
  addresses: DocumentAddresses,
): FramesConfig {
  const { theme, accent } = site.banner;
  const services = site.services.map((service) => {
    const { id, name, description, recipient } = interfaceService(service, language);
    return [id, { purpose: service.purpose, name, description, recipient }] as const;
  });
  return {
    language,
    direction: directionOf(language),
    look: { theme, accent },
    jurisdiction: site.jurisdiction,
    consent: documentUrl(addresses, site.id, "consent", version, language),
    services: Object.fromEntries(services),
  };
}

function interfaceService(service: Service, language: string): InterfaceService {
  const { name, country, crossBorder, policy } = service.recipient;
  return {
    id: service.id,
    name: textIn(service.name, language),
    description: textIn(service.description, language),
    mode: service.mode,
    recipient: {
      name,
      country: countryIn(language, country),
      crossBorder,
      ...(policy !== undefined && { policy }),
    },
    stores: service.stores.map(({ name, kind, days, removable }) => ({
      name,
      kind,
      ...(days > 0 && { life: lengthIn(language, days) }),
      removable,
    })),
  };
}

/** Published sites have every text in every language. */
const textIn = (text: Record<string, string>, language: string) => text[language]!;

type DocumentAddresses = Pick<Addresses, "publicUrl" | "files">;

/** Where a document of a version can be read, in one language. */
function documentUrl(
  { publicUrl, files }: DocumentAddresses,
  site: string,
  kind: DocumentKind,
  version: string,
  language: string,
): string {
  const page = `${publicUrl}/p/${site}/${kind}/${version}`;
  return files ? `${page}/${language}.html` : `${page}?lang=${encodeURIComponent(language)}`;
}
