/** Rates, divided by version, language, country or purpose. */
import type { RateList } from "../../contract/staff/rates.ts";
import { useConsole } from "../context.ts";
import { displayName, localizedText, shortHash } from "../format.ts";
import { Empty } from "./blank.tsx";
import { DataTable } from "./data-table.tsx";
import { Share } from "./share.tsx";

const outcomes = ["granted", "partial", "refused", "withdrawn"] as const;
const states = ["granted", "denied", "not-asked"] as const;

export function RateTable({ found }: { found: RateList }) {
  const { texts, settings } = useConsole();
  const { overview } = texts;
  const counted: [string, string][] =
    found.by === "purpose"
      ? states.map((state) => [state, texts.states[state]])
      : outcomes.map((outcome) => [outcome, overview.outcomes[outcome]]);
  if (found.rates.length === 0)
    return <Empty heading={overview.noDecisions} hint={overview.noDecisionsHint} />;
  return (
    <DataTable
      label={overview.divided}
      columns={[overview.divisions[found.by], overview.records, ...counted.map(([, name]) => name)]}
      numbersFrom={1}
      rows={found.rates.map(({ key, name, records, counts }) => ({
        key,
        cells: [
          name ? <span title={key}>{localizedText(name, settings.language)}</span> : named(key),
          <Share key="records" count={records} of={null} />,
          ...counted.map(([outcome]) => (
            <Share key={outcome} count={counts[outcome] ?? 0} of={records} />
          )),
        ],
      }))}
    />
  );

  function named(key: string) {
    switch (found.by) {
      case "version":
        return <code title={key}>{shortHash(key)}</code>;
      case "language":
        return displayName("language", key, settings.language);
      case "country":
        return key === "" ? texts.record.unknown : displayName("region", key, settings.language);
      default:
        return key;
    }
  }
}
