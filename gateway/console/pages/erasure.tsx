/** Erasing a visitor's records for good, keeping them from it, and what was erased so far. */
import type { ErasureList } from "../../contract/staff/erasures.ts";
import { useConsole } from "../context.ts";
import { Answered } from "../parts/answered.tsx";
import { Empty } from "../parts/blank.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { ErasureForm } from "../parts/erasure-form.tsx";
import { Holds } from "../parts/holds.tsx";
import { Moment } from "../parts/moment.tsx";
import { useAnswer } from "../use-answer.ts";

export function ErasurePage({ site }: { site: string }) {
  const { api, texts, session } = useConsole();
  const { erasure } = texts;
  const done = useAnswer("erasures", () => api.erasures(site));
  const mayErase = session?.role === "owner" || session?.role === "compliance";
  return (
    <>
      <div class="toolbar">
        <div>
          <h1>{erasure.heading}</h1>
          <p class="muted">{erasure.lead}</p>
        </div>
      </div>
      {mayErase ? (
        <ErasureForm site={site} onErased={done.reload} />
      ) : (
        <p class="note">{erasure.readOnly}</p>
      )}
      <Holds site={site} mayChange={mayErase} />
      <section class="section">
        <h2>{erasure.done}</h2>
        <p class="muted">{erasure.doneLead}</p>
        <Answered answer={done} label={erasure.loading}>
          {({ erasures }) =>
            erasures.length === 0 ? (
              <Empty heading={erasure.none} hint={erasure.noneHint} />
            ) : (
              <Erasures erasures={erasures} />
            )
          }
        </Answered>
      </section>
    </>
  );
}

function Erasures({ erasures }: ErasureList) {
  const { texts } = useConsole();
  const { erasure } = texts;
  return (
    <DataTable
      label={erasure.done}
      columns={[erasure.time, erasure.cause, erasure.visitors, erasure.residue, erasure.logged]}
      rows={erasures.map(({ id, time, cause, visitors, residue, logged }) => ({
        key: id,
        cells: [
          <Moment key="time" seconds={time} />,
          erasure.causes[cause],
          visitors,
          erasure.residues[residue],
          logged ? erasure.inLog : erasure.notYet,
        ],
      }))}
    />
  );
}
