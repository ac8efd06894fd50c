/** Whether every event is accounted for, per day and service. */
import type { BalanceAnswer } from "../../contract/staff/events.ts";
import { useConsole } from "../context.ts";
import { calendarDay } from "../format.ts";
import { Empty } from "./blank.tsx";
import { DataTable } from "./data-table.tsx";

export function BalanceTable({ found }: { found: BalanceAnswer }) {
  const { texts, settings } = useConsole();
  const { deliveries, overview } = texts;
  if (found.days.length === 0)
    return <Empty heading={overview.noEvents} hint={overview.noEventsHint} />;
  const rows = found.days
    .toReversed()
    .flatMap(({ day, services }) => services.map((service) => ({ day, ...service })));
  return (
    <>
      <p class={found.addsUp ? "verdict adds-up" : "verdict off"}>
        {found.addsUp ? deliveries.addsUp : deliveries.addsNotUp}
      </p>
      <DataTable
        label={deliveries.balance}
        columns={[
          overview.day,
          deliveries.service,
          deliveries.received,
          deliveries.notGranted,
          deliveries.accepted,
          deliveries.delivered,
          deliveries.dropped,
          deliveries.dead,
          deliveries.waiting,
        ]}
        numbersFrom={2}
        rows={rows.map((row) => ({
          key: `${row.day} ${row.service}`,
          cells: [
            calendarDay(Date.parse(row.day) / 1000, settings.language),
            <>
              {row.service}
              {!row.addsUp && <span class="badge late">{deliveries.unaccounted}</span>}
            </>,
            row.received,
            row.notGranted + row.off,
            row.accepted,
            row.delivered,
            row.droppedAtExit,
            row.dead,
            row.waiting,
          ],
        }))}
      />
    </>
  );
}
