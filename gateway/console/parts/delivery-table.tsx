/** The decision that events were forwarded under, day by day: the answer to "on what grounds?". */
import { useState } from "preact/hooks";
import type { DeliveryList } from "../../contract/staff-events.ts";
import { formatAddress } from "../address.ts";
import type { Failure } from "../api.ts";
import { useConsole } from "../context.ts";
import { calendarDay } from "../format.ts";
import { useAnswer } from "../use-answer.ts";
import { Answered } from "./answered.tsx";
import { Empty } from "./blank.tsx";
import { DataTable } from "./data-table.tsx";
import { FailureNote } from "./failure.tsx";

/** @param props.record of this decision alone; null: of every one */
export function DeliveryTable({ site, record }: { site: string; record: string | null }) {
  const { api, texts, settings, failed } = useConsole();
  const { deliveries } = texts;
  const narrowed = record === null ? {} : { record };
  const first = useAnswer(`deliveries ${record}`, () => api.deliveries(site, narrowed));
  const [further, setFurther] = useState<Pick<DeliveryList, "deliveries" | "next"> | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function more(cursor: string) {
    const result = await api.deliveries(site, { ...narrowed, cursor });
    setFailure(result.ok || failed(result.failure) ? null : result.failure);
    if (result.ok)
      setFurther((before) => ({
        deliveries: [...(before?.deliveries ?? []), ...result.value.deliveries],
        next: result.value.next,
      }));
  }

  return (
    <section class="section">
      <h2>{record === null ? deliveries.grounds : deliveries.groundsOfOne}</h2>
      <p class="muted">{deliveries.groundsLead}</p>
      {record !== null && (
        <p>
          <a href={formatAddress({ page: "records", site, record, query: {} })}>
            {deliveries.decision} <code>{record}</code>
          </a>
        </p>
      )}
      <Answered answer={first} label={deliveries.loading}>
        {(answer) => {
          const rows = [...answer.deliveries, ...(further?.deliveries ?? [])];
          const next = further ? further.next : answer.next;
          if (rows.length === 0)
            return <Empty heading={deliveries.noDelivery} hint={deliveries.noDeliveryHint} />;
          return (
            <>
              <DataTable
                label={deliveries.grounds}
                columns={[
                  texts.overview.day,
                  deliveries.service,
                  deliveries.decision,
                  deliveries.place,
                  deliveries.count,
                ]}
                rows={rows.map((row) => ({
                  key: `${row.day} ${row.service} ${row.log} ${row.index}`,
                  cells: [
                    calendarDay(Date.parse(row.day) / 1000, settings.language),
                    row.service,
                    row.record === null ? (
                      deliveries.gone
                    ) : (
                      <a
                        key="record"
                        href={formatAddress({
                          page: "records",
                          site,
                          record: row.record,
                          query: {},
                        })}
                      >
                        <code>{row.record}</code>
                      </a>
                    ),
                    <code key="place">
                      {row.log} #{row.index}
                    </code>,
                    row.count,
                  ],
                }))}
              />
              {failure && <FailureNote failure={failure} />}
              {next !== null && (
                <div class="more">
                  <button type="button" class="button" onClick={() => void more(next)}>
                    {texts.records.more}
                  </button>
                </div>
              )}
            </>
          );
        }}
      </Answered>
    </section>
  );
}
