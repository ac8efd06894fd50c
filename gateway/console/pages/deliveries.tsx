/** What became of a site's events: the balance, the decisions they left under, and what could not leave. */
import { useMemo } from "preact/hooks";
import { id128Form } from "../../contract/forms.ts";
import type { Query } from "../address.ts";
import { useConsole } from "../context.ts";
import { lastDays } from "../days.ts";
import { Answered } from "../parts/answered.tsx";
import { BalanceTable } from "../parts/balance-table.tsx";
import { DeadLetters } from "../parts/dead-letters.tsx";
import { DeliveryTable } from "../parts/delivery-table.tsx";
import { useAnswer } from "../use-answer.ts";

/** @param props.query `record`: what was forwarded under one decision alone */
export function DeliveriesPage({ site, query }: { site: string; query: Query }) {
  const { api, texts } = useConsole();
  const { deliveries } = texts;
  const days = useMemo(() => lastDays(30, Date.now()), []);
  const record = id128Form.test(query["record"] ?? "") ? query["record"]! : null;
  const balance = useAnswer("balance", () =>
    api.balance(site, { from: days[0]!, to: days.at(-1)! }),
  );

  return (
    <>
      <div class="toolbar">
        <div>
          <h1>{deliveries.heading}</h1>
          <p class="muted">{deliveries.lead}</p>
        </div>
      </div>
      {record === null && (
        <>
          <DeadLetters site={site} />
          <section class="section">
            <h2>{deliveries.balance}</h2>
            <Answered answer={balance} label={deliveries.loading}>
              {(found) => <BalanceTable found={found} />}
            </Answered>
          </section>
        </>
      )}
      <DeliveryTable site={site} record={record} />
    </>
  );
}
