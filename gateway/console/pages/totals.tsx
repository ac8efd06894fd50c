/** How visitors of all sites decided: one chart, and a row for each site that leads to its own overview. */
import { useMemo } from "preact/hooks";
import type { Outcomes, Overview } from "../../contract/staff/rates.ts";
import { formatAddress, type Query } from "../address.ts";
import { useConsole } from "../context.ts";
import { lastDays } from "../days.ts";
import { localizedText } from "../format.ts";
import { Answered } from "../parts/answered.tsx";
import { Empty } from "../parts/blank.tsx";
import { Share } from "../parts/share.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { DecisionsChart } from "../parts/decisions-chart.tsx";
import { SpanField, spanOf } from "../parts/span-field.tsx";
import { useAnswer } from "../use-answer.ts";

const outcomes = ["granted", "partial", "refused", "withdrawn"] as const;

export function TotalsPage({ query }: { query: Query }) {
  const { api, texts } = useConsole();
  const { overview } = texts;
  const span = spanOf(query);
  const answer = useAnswer(`overview ${span}`, () => api.overview({ days: span }));
  return (
    <>
      <div class="toolbar">
        <div>
          <h1>{texts.ways.totals}</h1>
          <p class="muted">{overview.lead}</p>
        </div>
        <SpanField
          query={query}
          onChange={(days) => {
            window.location.hash = formatAddress({ page: "totals", query: { days } });
          }}
        />
      </div>
      <Answered answer={answer} label={overview.loading}>
        {(found) => <Totals found={found} span={Number(span)} />}
      </Answered>
    </>
  );
}

function Totals({ found, span }: { found: Overview; span: number }) {
  const { texts } = useConsole();
  const { overview, sites } = texts;
  const days = useMemo(() => lastDays(span, Date.parse(found.to)), [span, found]);
  const counts = useMemo(() => addedUp(found), [found]);
  if (found.sites.length === 0) return <Empty heading={sites.empty} hint={sites.emptyHint} />;
  return (
    <>
      {counts.size === 0 ? (
        <Empty heading={overview.noDecisions} hint={overview.noDecisionsHint} />
      ) : (
        <DecisionsChart days={days} counts={counts} />
      )}
      <section class="section">
        <h2>{overview.bySite}</h2>
        <SiteTable found={found} span={span} />
      </section>
    </>
  );
}

function SiteTable({ found, span }: { found: Overview; span: number }) {
  const { texts, settings } = useConsole();
  const { overview } = texts;
  const rows = found.sites
    .map((site) => ({ ...site, records: sum(site.totals) }))
    .toSorted((a, b) => b.records - a.records);
  return (
    <DataTable
      label={overview.bySite}
      columns={[
        texts.records.site,
        overview.records,
        ...outcomes.map((outcome) => overview.outcomes[outcome]),
      ]}
      numbersFrom={1}
      rows={rows.map(({ id, name, records, totals }) => ({
        key: id,
        cells: [
          <a
            key="site"
            href={formatAddress({ page: "overview", site: id, query: { days: String(span) } })}
          >
            {localizedText(name, settings.language)}
          </a>,
          <Share key="records" count={records} of={null} />,
          ...outcomes.map((outcome) => (
            <Share key={outcome} count={totals[outcome]} of={records} />
          )),
        ],
      }))}
    />
  );
}

/** All sites together, by day. */
function addedUp({ sites }: Overview): Map<string, Outcomes> {
  const byDay = new Map<string, Outcomes>();
  for (const { day, ...counts } of sites.flatMap(({ days }) => days)) {
    const before = byDay.get(day);
    if (!before) byDay.set(day, counts);
    else for (const outcome of outcomes) before[outcome] += counts[outcome];
  }
  return byDay;
}

const sum = (counts: Outcomes) => outcomes.reduce((all, outcome) => all + counts[outcome], 0);
