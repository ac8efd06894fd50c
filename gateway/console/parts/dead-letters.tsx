/** Events that could not be delivered: looked at, sent again, thrown away. */
import { useState } from "preact/hooks";
import type { DeadLetterList } from "../../contract/staff/deliveries.ts";
import type { Failure } from "../api.ts";
import { useConsole } from "../context.ts";
import { useAnswer } from "../use-answer.ts";
import { Answered } from "./answered.tsx";
import { Empty } from "./blank.tsx";
import { DataTable } from "./data-table.tsx";
import { FailureNote } from "./failure.tsx";
import { Moment } from "./moment.tsx";

type Deed = "replay" | "discard";

export function DeadLetters({ site }: { site: string }) {
  const { api, texts, session, failed } = useConsole();
  const { deliveries } = texts;
  /** Where the page that is shown begins; null at the latest. */
  const [before, setBefore] = useState<number | null>(null);
  const listed = useAnswer(`letters ${before}`, () =>
    api.deadLetters(site, before === null ? {} : { before: String(before) }),
  );
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  /** What a person asked for and has not confirmed yet. */
  const [asked, setAsked] = useState<Deed | null>(null);
  const [outcome, setOutcome] = useState<{ deed: Deed; count: number } | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const mayChange = session?.role === "owner" || session?.role === "compliance";

  async function move(deed: Deed) {
    setAsked(null);
    const result = await api.moveDeadLetters(site, deed, [...chosen]);
    setFailure(result.ok || failed(result.failure) ? null : result.failure);
    if (!result.ok) return;
    setOutcome({ deed, count: result.value.count });
    setChosen(new Set());
    listed.reload();
  }

  function toggle(ids: number[], on: boolean) {
    setAsked(null);
    setChosen((chosen) => {
      const others = [...chosen].filter((id) => !ids.includes(id));
      return new Set(on ? [...others, ...ids] : others);
    });
  }

  return (
    <section class="section">
      <h2>{deliveries.letters}</h2>
      <output>{outcome && <p>{deliveries.moved[outcome.deed](outcome.count)}</p>}</output>
      {failure && <FailureNote failure={failure} />}
      <Answered answer={listed} label={deliveries.loading}>
        {({ deadLetters, next }) =>
          deadLetters.length === 0 ? (
            <Empty heading={deliveries.noLetter} hint={deliveries.noLetterHint} />
          ) : (
            <>
              {mayChange ? (
                <div class="form-actions">
                  <button
                    type="button"
                    class="button"
                    onClick={() =>
                      toggle(
                        deadLetters.map(({ id }) => id),
                        chosen.size < deadLetters.length,
                      )
                    }
                  >
                    {deliveries.all}
                  </button>
                  {chosen.size > 0 &&
                    (["replay", "discard"] as const).map((deed) => (
                      <button
                        key={deed}
                        type="button"
                        class={asked === deed ? "button danger" : "button"}
                        onClick={() => (asked === deed ? void move(deed) : setAsked(deed))}
                      >
                        {asked === deed
                          ? deliveries.confirm[deed](chosen.size)
                          : deliveries.deeds[deed](chosen.size)}
                      </button>
                    ))}
                </div>
              ) : (
                <p class="muted">{deliveries.readOnly}</p>
              )}
              {asked && <p class="muted">{deliveries.warning[asked]}</p>}
              <LetterTable
                letters={deadLetters}
                chosen={mayChange ? chosen : null}
                onToggle={toggle}
              />
              <div class="more form-actions">
                {before !== null && (
                  <button type="button" class="button" onClick={() => setBefore(null)}>
                    {deliveries.latest}
                  </button>
                )}
                {next !== null && (
                  <button type="button" class="button" onClick={() => setBefore(next)}>
                    {texts.records.more}
                  </button>
                )}
              </div>
            </>
          )
        }
      </Answered>
    </section>
  );
}

function LetterTable(props: {
  letters: DeadLetterList["deadLetters"];
  /** Null where nothing can be done with them. */
  chosen: ReadonlySet<number> | null;
  onToggle: (ids: number[], on: boolean) => void;
}) {
  const { texts } = useConsole();
  const { deliveries } = texts;
  const { letters, chosen, onToggle } = props;
  return (
    <DataTable
      label={deliveries.letters}
      columns={[
        ...(chosen ? [deliveries.choose] : []),
        deliveries.died,
        deliveries.service,
        deliveries.event,
        deliveries.reason,
        deliveries.attempts,
      ]}
      rows={letters.map(({ id, service, reason, event, diedAt, occurredAt, attempts }) => ({
        key: id,
        cells: [
          ...(chosen
            ? [
                <input
                  key="choose"
                  type="checkbox"
                  class="check"
                  aria-label={`${deliveries.choose} ${id}`}
                  checked={chosen.has(id)}
                  onChange={(change) => onToggle([id], change.currentTarget.checked)}
                />,
              ]
            : []),
          <Moment key="died" seconds={diedAt} />,
          service,
          event === null ? (
            deliveries.unreadable
          ) : (
            <>
              <strong>{event.name}</strong>
              <span class="muted second">{event.page}</span>
              <span class="muted second">
                {deliveries.occurred} <Moment seconds={occurredAt} />
              </span>
            </>
          ),
          deliveries.reasons[reason],
          attempts,
        ],
      }))}
    />
  );
}
