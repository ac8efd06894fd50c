/** The filters that are in force where they cannot be changed, in words. */
import { formatAddress, type Query } from "../../address.ts";
import { useConsole } from "../../context.ts";
import { toMomentField, type FilterName } from "../../filter.ts";
import { Moment } from "../moment.tsx";

export function FilterSummary({ site, filters }: { site: string; filters: Query }) {
  const { texts } = useConsole();
  const names = Object.keys(filters) as FilterName[];
  if (names.length === 0) return <p class="muted">{texts.exports.everything}</p>;
  return (
    <div>
      <p class="muted">{texts.exports.narrowed}</p>
      <ul class="given">
        {names.map((name) => (
          <li key={name}>
            {texts.search.fields[name]}: <strong>{worded(name, filters[name]!)}</strong>
          </li>
        ))}
      </ul>
      <a href={formatAddress({ page: "records", site, record: null, query: filters })}>
        {texts.exports.change}
      </a>
    </div>
  );

  function worded(name: FilterName, value: string) {
    const words: Partial<Record<FilterName, Record<string, string>>> = {
      action: texts.actions,
      place: texts.places,
      control: texts.controls,
      device: texts.devices,
      purposeState: texts.states,
      serviceState: texts.states,
    };
    const isMoment = /^(from|to|until.*)$/.test(name) && toMomentField(value) !== "";
    return isMoment ? <Moment seconds={Number(value)} /> : (words[name]?.[value] ?? value);
  }
}
