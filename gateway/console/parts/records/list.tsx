/** Decisions that meet the filters, kept fresh, and further ones on demand. */
import { useEffect } from "preact/hooks";
import type { ConfigSummary } from "../../../contract/staff/staff.ts";
import { formatAddress, type Query } from "../../address.ts";
import { useConsole } from "../../context.ts";
import { clockTime } from "../../format.ts";
import { useRecords, type Records } from "../../pages/use-records.ts";
import { Empty, Loading } from "../blank.tsx";
import { FailureNote } from "../failure.tsx";
import { RecordTable } from "./table.tsx";

export function RecordList(props: {
  site: string;
  filters: Query;
  selected: string | null;
  /** Told of every configuration that the records name. */
  onConfigs: (configs: ReadonlyMap<string, ConfigSummary>) => void;
}) {
  const { site, filters, selected, onConfigs } = props;
  const { texts } = useConsole();
  const records = useRecords(site, filters);
  const { loaded, failure } = records;
  const filtered = Object.keys(filters).length > 0;
  const configs = loaded?.configs;
  useEffect(() => {
    if (configs) onConfigs(configs);
  }, [configs, onConfigs]);

  return (
    <>
      <Toolbar site={site} records={records} filters={filters} />
      <output class="unseen">{records.fresh > 0 && texts.records.fresh(records.fresh)}</output>
      {failure && <FailureNote failure={failure} onRetry={records.refresh} />}
      {!loaded && !failure && <Loading label={texts.records.loading} />}
      {loaded?.records.length === 0 && (
        <Empty
          heading={filtered ? texts.search.nothing : texts.records.empty}
          hint={filtered ? texts.search.nothingHint : texts.records.emptyHint}
        />
      )}
      {loaded && loaded.records.length > 0 && (
        <>
          <RecordTable loaded={loaded} selected={selected} query={filters} />
          <div class="more">
            {loaded.next === null ? (
              <p class="muted">{filtered ? texts.search.end : texts.records.end}</p>
            ) : (
              <button
                type="button"
                class="button"
                aria-disabled={records.busy}
                onClick={records.more}
              >
                {texts.records.more}
              </button>
            )}
          </div>
        </>
      )}
    </>
  );
}

function Toolbar(props: { site: string; records: Records; filters: Query }) {
  const { site, records, filters } = props;
  const { texts, settings, change } = useConsole();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const lapse = "untilFrom" in filters || "untilTo" in filters;
  const total = records.loaded?.total ?? null;
  return (
    <div class="toolbar">
      <div>
        <h1>{lapse ? texts.search.lapsing : texts.records.heading}</h1>
        <p class="muted">
          {total !== null && `${texts.search.total(total)} · `}
          {texts.records.zone(zone)}
        </p>
      </div>
      {records.loaded && (
        <div class="toolbar-tools">
          {records.updatedAt !== null && (
            <span class="muted updated">
              {texts.records.updated(clockTime(records.updatedAt, settings.language))}
            </span>
          )}
          <label class="switch">
            <input
              type="checkbox"
              checked={settings.auto}
              onChange={(event) => change({ auto: event.currentTarget.checked })}
            />
            <span>{texts.records.auto}</span>
          </label>
          <a class="button" href={formatAddress({ page: "exports", site, query: filters })}>
            {texts.exports.these}
          </a>
          <button
            type="button"
            class="button"
            aria-disabled={records.busy}
            onClick={records.refresh}
          >
            {texts.records.refresh}
          </button>
        </div>
      )}
    </div>
  );
}
