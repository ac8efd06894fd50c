/** How many days up to today a page of numbers covers; kept in its address. */
import type { Query } from "../address.ts";
import { useConsole } from "../context.ts";
import { SelectField } from "./fields.tsx";

const spans = ["7", "30", "90", "366"];

/** Days, as they stand in the address. */
export const spanOf = (query: Query): string =>
  spans.find((days) => days === query["days"]) ?? "30";

export function SpanField(props: { query: Query; onChange: (days: string) => void }) {
  const { overview } = useConsole().texts;
  return (
    <SelectField
      label={overview.span}
      value={spanOf(props.query)}
      options={spans.map((days) => [days, overview.days(Number(days))])}
      onChange={props.onChange}
    />
  );
}
