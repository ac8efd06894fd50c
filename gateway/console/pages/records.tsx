/** The latest decisions of one site, and the details of the one the address names. */
import { useEffect, useRef } from "preact/hooks";
import { formatAddress } from "../address.ts";
import { useConsole } from "../context.ts";
import { clockTime, localizedText } from "../format.ts";
import { Empty, Loading } from "../parts/blank.tsx";
import { FailureNote } from "../parts/failure.tsx";
import { RecordTable } from "../parts/record-table.tsx";
import { RecordPanel } from "./record.tsx";
import { useRecords, type Records } from "./use-records.ts";

export function RecordsPage({ site, record }: { site: string; record: string | null }) {
  const { texts } = useConsole();
  const records = useRecords(site);
  const { loaded, failure } = records;
  useFocusReturn(site, record);

  return (
    <>
      <nav class="path" aria-label={texts.sites.heading}>
        <a href="#/">{texts.records.all}</a>
      </nav>
      <Toolbar site={site} records={records} />
      <output class="unseen">{records.fresh > 0 && texts.records.fresh(records.fresh)}</output>
      {failure && <FailureNote failure={failure} onRetry={records.refresh} />}
      {!loaded && !failure && <Loading label={texts.records.loading} />}
      {loaded?.records.length === 0 && (
        <Empty heading={texts.records.empty} hint={texts.records.emptyHint} />
      )}
      {loaded && loaded.records.length > 0 && (
        <>
          <RecordTable loaded={loaded} selected={record} />
          <div class="more">
            {loaded.next === null ? (
              <p class="muted">{texts.records.end}</p>
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
      {record !== null && (
        <RecordPanel
          key={record}
          site={site}
          id={record}
          onClose={() => {
            window.location.hash = formatAddress({ page: "records", site, record: null });
          }}
        />
      )}
    </>
  );
}

function Toolbar({ site, records }: { site: string; records: Records }) {
  const { texts, settings, change } = useConsole();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <div class="toolbar">
      <div>
        <h1>
          {records.loaded ? localizedText(records.loaded.site.name, settings.language) : site}
        </h1>
        <p class="muted">
          {texts.records.heading} · {texts.records.zone(zone)}
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

/** When details are closed, the focus goes to the row they belong to, also after following a link to them. */
function useFocusReturn(site: string, record: string | null): void {
  const before = useRef(record);
  useEffect(() => {
    const closed = record === null ? before.current : null;
    before.current = record;
    if (closed === null) return;
    const href = formatAddress({ page: "records", site, record: closed });
    const row = document.querySelector<HTMLElement>(`.records a[href="${href}"]`);
    (row ?? document.querySelector<HTMLElement>("#main"))?.focus({ preventScroll: row === null });
  }, [site, record]);
}
