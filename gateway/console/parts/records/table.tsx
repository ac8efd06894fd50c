/** Decisions as a table; on a narrow screen each row becomes a card. */
import type { ConfigSummary, RecordSummary } from "../../../contract/staff/staff.ts";
import { formatAddress, type Query } from "../../address.ts";
import { useConsole } from "../../context.ts";
import { localTime, shortHash } from "../../format.ts";
import type { Loaded } from "../../loaded.ts";
import { Choices } from "../choices.tsx";
import { TableCell } from "../data-table.tsx";
import { Moment } from "../moment.tsx";

export function RecordTable(props: {
  loaded: Pick<Loaded, "records" | "configs">;
  selected: string | null;
  /** What the list is narrowed to, which stays so when one of it is opened. */
  query: Query;
}) {
  const { loaded, selected, query } = props;
  const { texts } = useConsole();
  const { columns } = texts.records;
  return (
    <table class="records" aria-label={texts.records.heading}>
      <thead>
        <tr>
          {Object.entries(columns).map(([id, label]) => (
            <th key={id} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {loaded.records.map((record) => (
          <Row
            key={record.id}
            record={record}
            config={loaded.configs.get(record.config)}
            query={query}
            selected={record.id === selected}
          />
        ))}
      </tbody>
    </table>
  );
}

function Row(props: {
  record: RecordSummary;
  config: ConfigSummary | undefined;
  query: Query;
  selected: boolean;
}) {
  const { record, config, query } = props;
  const { texts, settings } = useConsole();
  const { columns } = texts.records;
  const href = formatAddress({ page: "records", site: record.site, record: record.id, query });
  return (
    <tr class={props.selected ? "selected" : undefined}>
      <TableCell label={columns.time} class="time">
        <a href={href} aria-label={texts.records.open(localTime(record.time, settings.language))}>
          <Moment seconds={record.time} />
        </a>
        <Badges record={record} />
      </TableCell>
      <TableCell label={columns.action}>
        <span class={`action ${record.action}`}>{texts.actions[record.action]}</span>
        <span class="muted second">{texts.places[record.place]}</span>
      </TableCell>
      <TableCell label={columns.choice} class="choice-cell">
        <Choices purposes={record.purposes} config={config} />
      </TableCell>
      <TableCell label={columns.page}>
        <span class="origin">{record.origin.replace(/^https?:\/\//, "")}</span>
        <span class="muted second">{record.language}</span>
      </TableCell>
      <TableCell label={columns.browser}>
        <span class="browser">{record.browser}</span>
        <span class="muted second">{texts.devices[record.device]}</span>
      </TableCell>
      <TableCell label={columns.config}>
        <code title={record.config}>{shortHash(record.config)}</code>
      </TableCell>
    </tr>
  );
}

export function Badges({ record }: { record: RecordSummary }) {
  const { texts } = useConsole();
  if (!record.late && !record.erased) return null;
  return (
    <span class="badges">
      {record.late && (
        <span class="badge late" title={texts.records.lateHint}>
          {texts.records.late}
        </span>
      )}
      {record.erased && (
        <span class="badge" title={texts.records.erasedHint}>
          {texts.records.erased}
        </span>
      )}
    </span>
  );
}
