/** Legal holds: which visitors' records are kept from every erasure, and why. */
import { useState } from "preact/hooks";
import type { HoldList } from "../../contract/staff/erasures.ts";
import type { Failure, Result } from "../api.ts";
import { useConsole } from "../context.ts";
import { useAnswer } from "../use-answer.ts";
import { Answered } from "./answered.tsx";
import { Empty } from "./blank.tsx";
import { DataTable } from "./data-table.tsx";
import { FailureNote } from "./failure.tsx";
import { TextField } from "./fields.tsx";
import { Moment } from "./moment.tsx";

export function Holds({ site, mayChange }: { site: string; mayChange: boolean }) {
  const { api, texts, failed } = useConsole();
  const { holds } = texts;
  const listed = useAnswer("holds", () => api.holds(site));
  const [failure, setFailure] = useState<Failure | null>(null);

  async function change(result: Promise<Result<unknown>>): Promise<boolean> {
    const answer = await result;
    setFailure(answer.ok || failed(answer.failure) ? null : answer.failure);
    if (answer.ok) listed.reload();
    return answer.ok;
  }

  return (
    <section class="section">
      <h2>{holds.heading}</h2>
      <p class="muted">{holds.lead}</p>
      {mayChange && <HoldForm onHold={(id, reason) => change(api.hold(site, id, reason))} />}
      {failure && <FailureNote failure={failure} />}
      <Answered answer={listed} label={holds.loading}>
        {(answer) =>
          answer.holds.length === 0 ? (
            <Empty heading={holds.none} hint={holds.noneHint} />
          ) : (
            <HoldTable
              holds={answer.holds}
              onLift={mayChange ? (id) => change(api.liftHold(site, id)) : null}
            />
          )
        }
      </Answered>
    </section>
  );
}

function HoldForm(props: { onHold: (consentId: string, reason: string) => Promise<boolean> }) {
  const { texts } = useConsole();
  const { holds } = texts;
  const [consentId, setConsentId] = useState("");
  const [reason, setReason] = useState("");

  async function submit(event: Event) {
    event.preventDefault();
    if (!(await props.onHold(consentId, reason.trim()))) return;
    setConsentId("");
    setReason("");
  }

  return (
    <form class="filters card" onSubmit={submit}>
      <div class="fields">
        <TextField
          label={holds.whose}
          value={consentId}
          onChange={setConsentId}
          placeholder="9MMD-BF83-GPSD-QJHG"
          code
          required
        />
        <TextField
          label={holds.reason}
          value={reason}
          onChange={setReason}
          placeholder={holds.example}
          minLength={3}
          maxLength={500}
          required
        />
      </div>
      <div class="form-actions">
        <button type="submit" class="button">
          {holds.set}
        </button>
      </div>
    </form>
  );
}

function HoldTable(props: {
  holds: HoldList["holds"];
  /** Null for those who only look. */
  onLift: ((id: number) => Promise<boolean>) | null;
}) {
  const { texts } = useConsole();
  const { holds } = texts;
  const { onLift } = props;
  /** The hold whose lifting waits for its second step. */
  const [asked, setAsked] = useState<number | null>(null);
  return (
    <DataTable
      label={holds.heading}
      columns={[holds.reason, holds.since, holds.by, ...(onLift ? [holds.state] : [])]}
      rows={props.holds.map(({ id, reason, heldAt, heldBy }) => ({
        key: id,
        cells: [
          reason,
          <Moment key="since" seconds={heldAt} />,
          <code key="by">{heldBy}</code>,
          ...(onLift
            ? [
                <button
                  key="lift"
                  type="button"
                  class={asked === id ? "button small danger" : "button small"}
                  aria-label={`${asked === id ? holds.really : holds.lift}: ${reason}`}
                  onClick={() => (asked === id ? void onLift(id) : setAsked(id))}
                >
                  {asked === id ? holds.really : holds.lift}
                </button>,
              ]
            : []),
        ],
      }))}
    />
  );
}
