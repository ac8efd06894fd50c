/**
 * A record in the words of ISO/IEC TS 27560 and of the Kantara consent receipt 1.1, for programs that
 * know those. What the record does not say itself is resolved from the configuration it names.
 */
import type { DecisionHalf } from "../../log/decision-half.ts";
import type { SiteConfig } from "../../sites/sites.ts";

export interface ReceiptContext {
  config: SiteConfig;
  /** Base URL of the gateway's pages. */
  publicUrl: string;
}

/** @param time leaf time, unix seconds. */
export function receiptOf(
  decision: DecisionHalf,
  time: number,
  { config, publicUrl }: ReceiptContext,
): object {
  const { site, version } = config;
  const { language } = decision;
  const words = (text: Record<string, string>) =>
    text[language] ?? text[site.languages[0]!] ?? Object.values(text)[0] ?? "";
  return {
    version: "KI-CR-v1.1.0",
    schema: "ISO/IEC TS 27560:2023",
    consentReceiptID: decision.id,
    consentTimestamp: time,
    jurisdiction: (decision.jurisdiction?.profile ?? site.jurisdiction).toUpperCase(),
    collectionMethod: `${decision.place}: ${decision.control}`,
    language,
    event: decision.action,
    validUntil: decision.until,
    configuration: decision.config,
    piiControllers: [
      {
        piiController: site.controller.name,
        address: site.controller.address,
        contact: site.controller.contact,
      },
    ],
    policyUrl: `${publicUrl}/p/${site.id}/policy/${version}`,
    purposes: Object.entries(decision.purposes).map(([id, state]) => {
      const purpose = site.purposes.find((each) => each.id === id);
      return {
        id,
        state,
        purpose: purpose ? words(purpose.name) : id,
        lawfulBasis: purpose?.basis ?? "consent",
        consentType: "EXPLICIT",
      };
    }),
    services: Object.entries(decision.services).map(([id, state]) => {
      const service = site.services.find((each) => each.id === id);
      return {
        id,
        state,
        service: service ? words(service.name) : id,
        ...(service && {
          thirdPartyName: service.recipient.name,
          thirdPartyCountry: service.recipient.country,
          crossBorder: service.recipient.crossBorder,
        }),
      };
    }),
  };
}
