/** Decisions of one site: the filters, those that meet them, and the details of the one the address names. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { ConfigSummary } from "../../contract/staff/staff.ts";
import { formatAddress, type Query } from "../address.ts";
import { RecordFilters } from "../parts/records/filters.tsx";
import { RecordList } from "../parts/records/list.tsx";
import { RecordPanel } from "./record.tsx";

export function RecordsPage(props: { site: string; record: string | null; filters: Query }) {
  const { site, record, filters } = props;
  const [configs, setConfigs] = useState<ReadonlyMap<string, ConfigSummary>>(new Map());
  const learn = useCallback(
    (found: ReadonlyMap<string, ConfigSummary>) =>
      setConfigs((before) => new Map([...before, ...found])),
    [],
  );
  useFocusReturn(site, record, filters);
  const go = (record: string | null, query: Query) => {
    window.location.hash = formatAddress({ page: "records", site, record, query });
  };

  return (
    <>
      <RecordFilters
        filters={filters}
        configs={configs.values()}
        onSearch={(filters) => go(null, filters)}
      />
      <RecordList
        key={JSON.stringify(filters)}
        site={site}
        filters={filters}
        selected={record}
        onConfigs={learn}
      />
      {record !== null && (
        <RecordPanel key={record} site={site} id={record} onClose={() => go(null, filters)} />
      )}
    </>
  );
}

/** When details are closed, the focus goes to the row they belong to, also after following a link to them. */
function useFocusReturn(site: string, record: string | null, query: Query): void {
  const before = useRef(record);
  useEffect(() => {
    const closed = record === null ? before.current : null;
    before.current = record;
    if (closed === null) return;
    const href = formatAddress({ page: "records", site, record: closed, query });
    const row = document.querySelector<HTMLElement>(`.records a[href="${href}"]`);
    (row ?? document.querySelector<HTMLElement>("#main"))?.focus({ preventScroll: row === null });
  }, [site, record, query]);
}
