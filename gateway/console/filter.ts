/** What records are looked for by, as it stands in the address of the page. */
import type { RecordFilter } from "../contract/staff/search.ts";
import type { Query } from "./address.ts";

export type FilterName = keyof RecordFilter;

/** Every filter of the search; those that are moments hold Unix seconds. */
const kinds: Record<FilterName, "text" | "moment"> = {
  consentId: "text",
  from: "moment",
  to: "moment",
  purpose: "text",
  purposeState: "text",
  action: "text",
  record: "text",
  service: "text",
  serviceState: "text",
  place: "text",
  control: "text",
  language: "text",
  country: "text",
  browser: "text",
  device: "text",
  version: "text",
  config: "text",
  policy: "text",
  untilFrom: "moment",
  untilTo: "moment",
};

/** The filters of an address, without what is none. A state says nothing without what it is the state of. */
export function filtersOf(query: Query): Query {
  const names = (Object.keys(kinds) as FilterName[]).filter(
    (name) =>
      query[name] !== undefined &&
      (kinds[name] === "text" || /^\d{1,10}$/.test(query[name])) &&
      (name !== "purposeState" || query["purpose"] !== undefined) &&
      (name !== "serviceState" || query["service"] !== undefined),
  );
  return Object.fromEntries(names.map((name) => [name, query[name]!]));
}

/** Unix seconds as a field for date and time has them, in the officer's own zone. */
export function toMomentField(seconds: string | undefined): string {
  if (seconds === undefined || !/^\d{1,10}$/.test(seconds)) return "";
  const moment = new Date(Number(seconds) * 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  const date = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())];
  const time = [two(moment.getHours()), two(moment.getMinutes())];
  if (moment.getSeconds() > 0) time.push(two(moment.getSeconds()));
  return `${date.join("-")}T${time.join(":")}`;
}

/** The other way; undefined while the field is not filled in. */
export function fromMomentField(value: string): string | undefined {
  const milliseconds = new Date(value).getTime();
  return Number.isNaN(milliseconds) ? undefined : String(Math.floor(milliseconds / 1000));
}

/** Whether a consent number was typed to its end: hyphens, spaces and letter case do not matter. */
export const isWholeConsentNumber = (text: string): boolean =>
  /^[0-9a-z]{16}$/i.test(text.replace(/[\s-]/g, ""));
