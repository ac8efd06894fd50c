/** How visitors of a site decided, and what became of its events, day by day; all from counters. */
import { useMemo } from "preact/hooks";
import type { BalanceAnswer } from "../../contract/staff/events.ts";
import type { RateKey, RateList } from "../../contract/staff/rates.ts";
import { formatAddress, type Query } from "../address.ts";
import { useConsole } from "../context.ts";
import { lastDays } from "../days.ts";
import { Answered } from "../parts/answered.tsx";
import { Empty } from "../parts/blank.tsx";
import { Chart } from "../parts/chart.tsx";
import { DecisionsChart } from "../parts/decisions-chart.tsx";
import { FailureNote } from "../parts/failure.tsx";
import { SelectField } from "../parts/fields.tsx";
import { RateTable } from "../parts/rate-table.tsx";
import { SpanField, spanOf } from "../parts/span-field.tsx";
import { useAnswer } from "../use-answer.ts";

const divisions: RateKey[] = ["version", "language", "country", "purpose"];

export function OverviewPage({ site, query }: { site: string; query: Query }) {
  const { api, texts } = useConsole();
  const { overview } = texts;
  const span = spanOf(query);
  const by = divisions.find((key) => key === query["by"]) ?? "purpose";
  const days = useMemo(() => lastDays(Number(span), Date.now()), [span]);
  const [from, to] = [days[0]!, days.at(-1)!];
  const rates = useAnswer(`rates ${from}`, () => api.rates(site, { from, to, by: "day" }));
  const divided = useAnswer(`rates ${from} ${by}`, () => api.rates(site, { from, to, by }));
  const balance = useAnswer(`balance ${from}`, () => api.balance(site, { from, to }));
  const answers = [rates, divided, balance];
  const isAway = answers.some(
    ({ result }) => result?.ok === false && result.failure.kind === "offline",
  );
  const go = (changed: Query) => {
    window.location.hash = formatAddress({
      page: "overview",
      site,
      query: { ...query, ...changed },
    });
  };

  return (
    <>
      <div class="toolbar">
        <div>
          <h1>{overview.heading}</h1>
          <p class="muted">{overview.lead}</p>
        </div>
        <SpanField query={query} onChange={(days) => go({ days })} />
      </div>
      {isAway ? (
        <FailureNote
          failure={{ kind: "offline" }}
          onRetry={() => answers.forEach(({ reload }) => reload())}
        />
      ) : (
        <>
          <Answered answer={rates} label={overview.loading}>
            {(found) => <Decisions days={days} found={found} />}
          </Answered>
          <section class="section">
            <div class="toolbar">
              <h2>{overview.divided}</h2>
              <SelectField
                label={overview.by}
                value={by}
                options={divisions.map((key) => [key, overview.divisions[key]])}
                onChange={(by) => go({ by })}
              />
            </div>
            <Answered answer={divided} label={overview.loading}>
              {(found) => <RateTable found={found} />}
            </Answered>
          </section>
          <Answered answer={balance} label={overview.loading}>
            {(found) => <Events days={days} found={found} />}
          </Answered>
        </>
      )}
    </>
  );
}

function Decisions({ days, found }: { days: string[]; found: RateList }) {
  const { overview } = useConsole().texts;
  const counts = useMemo(
    () => new Map(found.rates.map(({ key, counts }) => [key, counts])),
    [found],
  );
  return found.rates.length === 0 ? (
    <Empty heading={overview.noDecisions} hint={overview.noDecisionsHint} />
  ) : (
    <DecisionsChart days={days} counts={counts} />
  );
}

function Events({ days, found }: { days: string[]; found: BalanceAnswer }) {
  const { texts } = useConsole();
  const { overview } = texts;
  const lines = useMemo(() => {
    const byDay = new Map(found.days.map((day) => [day.day, day]));
    const of = (count: (day: BalanceAnswer["days"][number]) => number) =>
      days.map((day) => {
        const counted = byDay.get(day);
        return counted ? count(counted) : 0;
      });
    const { received, refused, delivered, dead } = overview.events;
    return [
      { name: received, colour: "--accent" as const, values: of((day) => day.received) },
      {
        name: refused,
        colour: "--denied" as const,
        dash: [8, 4],
        values: of((day) => day.received - day.accepted - day.duplicates),
      },
      {
        name: delivered,
        colour: "--granted" as const,
        dash: [2, 3],
        values: of((day) => day.services.reduce((sum, { delivered }) => sum + delivered, 0)),
      },
      {
        name: dead,
        colour: "--danger" as const,
        dash: [8, 3, 2, 3],
        values: of((day) => day.services.reduce((sum, { dead }) => sum + dead, 0)),
      },
    ];
  }, [days, found, overview]);
  if (found.days.length === 0)
    return <Empty heading={overview.noEvents} hint={overview.noEventsHint} />;
  return <Chart heading={overview.flow} days={days} lines={lines} />;
}
