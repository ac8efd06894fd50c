/** The decision that events were forwarded under, day by day: the answer to "on what grounds?". */
import { formatAddress } from "../address.ts";
import { useConsole } from "../context.ts";
import { calendarDay } from "../format.ts";
import { pageOf, usePages } from "../use-pages.ts";
import { Answered } from "./answered.tsx";
import { Empty } from "./blank.tsx";
import { DataTable } from "./data-table.tsx";
import { Further } from "./further.tsx";

/** @param props.record of this decision alone; null: of every one */
export function DeliveryTable({ site, record }: { site: string; record: string | null }) {
  const { api, texts, settings } = useConsole();
  const { deliveries } = texts;
  const narrowed = record === null ? {} : { record };
  const pages = usePages(`deliveries ${record}`, async (cursor: string | null) =>
    pageOf(
      await api.deliveries(site, { ...narrowed, ...(cursor !== null && { cursor }) }),
      ({ deliveries }) => deliveries,
    ),
  );

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
      <Answered answer={pages.first} label={deliveries.loading}>
        {(first) => {
          const { rows, next } = pages.joined(first);
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
                numbersFrom={4}
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
              <Further
                failure={pages.failure}
                onMore={next === null ? null : () => void pages.more(next)}
              />
            </>
          );
        }}
      </Answered>
    </section>
  );
}
