/** One visitor: what counted at a moment, and every decision before and after it. */
import { useEffect, useState } from "preact/hooks";
import type { SubjectHistory, SubjectState } from "../../contract/staff/subjects.ts";
import { formatAddress, type Query } from "../address.ts";
import { useConsole } from "../context.ts";
import { localizedText } from "../format.ts";
import { Answered } from "../parts/answered.tsx";
import { StateWord } from "../parts/choices.tsx";
import { MomentField, SelectField, TextField } from "../parts/fields.tsx";
import { Moment } from "../parts/moment.tsx";
import { RecordTable } from "../parts/records/table.tsx";
import { useAnswer } from "../use-answer.ts";

export function VisitorPage({ site, query }: { site: string; query: Query }) {
  const { api, texts } = useConsole();
  const { visitor } = texts;
  const { consentId = "", purpose, at } = query;
  const asked = consentId === "" ? null : consentId;
  const history = useAnswer(
    `history ${consentId}`,
    asked === null ? null : () => api.history(site, asked),
  );
  const question = { ...(purpose !== undefined && { purpose }), ...(at !== undefined && { at }) };
  const state = useAnswer(
    `state ${consentId} ${purpose} ${at}`,
    asked === null ? null : () => api.state(site, asked, question),
  );
  const known = history.result?.ok ? history.result.value : null;

  return (
    <>
      <div class="toolbar">
        <div>
          <h1>{visitor.heading}</h1>
          <p class="muted">{visitor.lead}</p>
        </div>
      </div>
      <Question site={site} query={query} known={known} />
      {asked && (
        <>
          <Answered answer={history} label={visitor.loading}>
            {(found) => (
              <>
                <Answered answer={state} label={visitor.loading}>
                  {(value) => <State site={site} consentId={consentId} state={value} />}
                </Answered>
                <section class="section">
                  <h2>{visitor.history}</h2>
                  <RecordTable
                    loaded={{
                      records: found.records,
                      configs: new Map(found.configs.map((config) => [config.hash, config])),
                    }}
                    selected={found.inForce}
                    query={{ consentId }}
                  />
                </section>
              </>
            )}
          </Answered>
        </>
      )}
    </>
  );
}

/** Whose state, for which purpose, at which moment: it goes into the address when the form is sent. */
function Question(props: { site: string; query: Query; known: SubjectHistory | null }) {
  const { texts, settings } = useConsole();
  const { visitor, search } = texts;
  const [draft, setDraft] = useState(props.query);
  const given = JSON.stringify(props.query);
  useEffect(() => setDraft(JSON.parse(given)), [given]);
  const field = (name: string) => ({
    value: draft[name] ?? "",
    onChange: (value: string) => setDraft((before) => ({ ...before, [name]: value })),
  });
  const purposes = new Map(draft["purpose"] ? [[draft["purpose"], draft["purpose"]]] : []);
  for (const config of props.known?.configs ?? [])
    for (const { id, name, essential } of config.purposes)
      if (!essential) purposes.set(id, localizedText(name, settings.language));

  function submit(event: Event) {
    event.preventDefault();
    const kept = Object.entries(draft).filter(([, value]) => value.trim() !== "");
    window.location.hash = formatAddress({
      page: "visitor",
      site: props.site,
      query: Object.fromEntries(kept.map(([name, value]) => [name, value.trim()])),
    });
  }

  return (
    <form class="filters card" onSubmit={submit}>
      <div class="fields">
        <TextField
          {...field("consentId")}
          label={search.fields.consentId}
          placeholder="9MMD-BF83-GPSD-QJHG"
          code
          required
        />
        <MomentField {...field("at")} label={visitor.at} />
        <SelectField
          {...field("purpose")}
          label={search.fields.purpose}
          options={[["", visitor.everyPurpose], ...purposes]}
        />
      </div>
      <p class="muted">{visitor.hint}</p>
      <div class="form-actions">
        <button type="submit" class="button primary">
          {visitor.submit}
        </button>
      </div>
    </form>
  );
}

function State(props: { site: string; consentId: string; state: SubjectState }) {
  const { texts, settings } = useConsole();
  const { visitor } = texts;
  const { at, purposes, record, config } = props.state;
  const name = (id: string) => {
    const purpose = config?.purposes.find((purpose) => purpose.id === id);
    return purpose ? localizedText(purpose.name, settings.language) : id;
  };
  return (
    <section class="section card padded">
      <h2>
        {visitor.state} <Moment seconds={at} />
      </h2>
      <dl class="facts">
        {Object.entries(purposes).map(([id, state]) => (
          <div key={id}>
            <dt>{name(id)}</dt>
            <dd>
              <StateWord state={state} />
            </dd>
          </div>
        ))}
      </dl>
      {record ? (
        <p>
          {visitor.follows}{" "}
          <a
            href={formatAddress({
              page: "records",
              site: props.site,
              record: record.id,
              query: { consentId: props.consentId },
            })}
          >
            {texts.actions[record.action]}, <Moment seconds={record.time} />
          </a>
        </p>
      ) : (
        <p class="muted">{visitor.nothing}</p>
      )}
    </section>
  );
}
