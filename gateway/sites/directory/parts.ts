/**
 * The parts of a site.json that can be understood on their own, each with its place, so that one
 * mistake does not hide the next: rules that look across fields run on these, valid or not as a whole.
 */
import { z } from "zod";
import { language, slug } from "../../contract/ids.ts";
import { site, siteWith, type Service, type Site } from "../../contract/site.ts";
import type { ServiceVendor } from "../../contract/vendors.ts";

export interface SiteParts {
  languages: { index: number; value: string }[];
  jurisdiction: Site["jurisdiction"] | undefined;
  jurisdictions: Site["jurisdictions"];
  origins: { index: number; value: string }[];
  purposes: { index: number; id: string; essential: boolean; basis: unknown }[];
  /** Ids of all services, also of those that have other problems. */
  serviceIds: { index: number; id: string }[];
  /** `account`: what it feeds, equal for two that feed the same. */
  services: { index: number; service: Service; account: string }[];
  /** Every text that is written by language: its field, and the languages it has. */
  localized: { field: string; languages: string[] }[];
  cookie: Site["cookie"] | undefined;
  pages: Site["pages"] | undefined;
  validity: Site["validity"] | undefined;
  retention: Site["retention"] | undefined;
  migrate: Site["migrate"];
  share: Site["share"];
}

/** @param raw the parsed JSON, of any form */
export function partsOf(raw: unknown, vendors: readonly ServiceVendor[]): SiteParts {
  const service = siteWith(vendors).shape.services.element;
  const accountOf = ({ vendor, settings }: Service) =>
    `${vendor} ${vendors.find(({ id }) => id === vendor)?.account(settings)}`;
  const root = fieldsOf(raw);
  const purposes = listOf(root["purposes"]);
  const services = listOf(root["services"]);
  const valid = <S extends z.ZodType>(schema: S, values: unknown[]) =>
    values.flatMap((value, index) => {
      const result = schema.safeParse(value);
      return result.success ? [{ index, value: result.data }] : [];
    });
  return {
    languages: valid(language, listOf(root["languages"])),
    jurisdiction: site.shape.jurisdiction.safeParse(root["jurisdiction"]).data,
    jurisdictions: site.shape.jurisdictions.safeParse(root["jurisdictions"]).data,
    origins: valid(site.shape.origins.element, listOf(root["origins"])),
    purposes: valid(z.looseObject({ id: slug }), purposes).map(({ index, value }) => ({
      index,
      id: value.id,
      essential: value["essential"] === true,
      basis: value["basis"],
    })),
    serviceIds: valid(z.looseObject({ id: slug }), services).map(({ index, value }) => ({
      index,
      id: value.id,
    })),
    services: valid(service, services).map(({ index, value }) => ({
      index,
      service: value,
      account: accountOf(value),
    })),
    localized: [
      localized("name", root),
      ...purposes.flatMap((value, index) => texts(`purposes.${index}`, value)),
      ...services.flatMap((value, index) => texts(`services.${index}`, value)),
    ].flat(),
    cookie: site.shape.cookie.safeParse(root["cookie"]).data,
    pages: site.shape.pages.safeParse(root["pages"]).data,
    validity: site.shape.validity.safeParse(root["validity"]).data,
    retention: site.shape.retention.safeParse(root["retention"]).data,
    share: site.shape.share.safeParse(root["share"]).data,
    migrate: site.shape.migrate.safeParse(root["migrate"]).data,
  };
}

const texts = (place: string, value: unknown) => [
  ...localized(`${place}.name`, fieldsOf(value)),
  ...localized(`${place}.description`, fieldsOf(value)),
];

function localized(field: string, parent: Record<string, unknown>): SiteParts["localized"] {
  const value = parent[field.slice(field.lastIndexOf(".") + 1)];
  const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
  return isMap ? [{ field, languages: Object.keys(value) }] : [];
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
