/** The audit trail: who read, exported or changed what. */
import { useState } from "preact/hooks";
import type { AuditList } from "../../contract/staff/audit.ts";
import { formatAddress, type Query } from "../address.ts";
import { useConsole } from "../context.ts";
import { Answered } from "../parts/answered.tsx";
import { Empty } from "../parts/blank.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { TextField } from "../parts/fields.tsx";
import { Further } from "../parts/further.tsx";
import { Moment } from "../parts/moment.tsx";
import { pageOf, usePages } from "../use-pages.ts";

type Entry = AuditList["entries"][number];

/** @param query `site` and `key` narrow the trail; give the page a key of it */
export function AuditPage({ query }: { query: Query }) {
  const { api, texts } = useConsole();
  const { audit } = texts;
  const [draft, setDraft] = useState({ site: query["site"] ?? "", key: query["key"] ?? "" });
  const given = Object.fromEntries(
    Object.entries({ site: query["site"], key: query["key"] }).filter(([, value]) => value),
  ) as Query;
  const pages = usePages("audit", async (before: number | null) =>
    pageOf(
      await api.audit({ ...given, ...(before !== null && { before: String(before) }) }),
      ({ entries }) => entries,
    ),
  );

  return (
    <>
      <div class="toolbar">
        <div>
          <h1>{audit.heading}</h1>
          <p class="muted">{audit.lead}</p>
        </div>
      </div>
      <form
        class="filters card"
        onSubmit={(event) => {
          event.preventDefault();
          const kept = Object.entries(draft).filter(([, value]) => value.trim() !== "");
          window.location.hash = formatAddress({
            page: "audit",
            query: Object.fromEntries(kept.map(([name, value]) => [name, value.trim()])),
          });
        }}
      >
        <div class="fields">
          <TextField
            label={audit.site}
            value={draft.site}
            onChange={(site) => setDraft({ ...draft, site })}
            code
          />
          <TextField
            label={audit.key}
            value={draft.key}
            onChange={(key) => setDraft({ ...draft, key })}
            code
          />
        </div>
        <div class="form-actions">
          <button type="submit" class="button primary">
            {texts.search.submit}
          </button>
        </div>
      </form>
      <Answered answer={pages.first} label={audit.loading}>
        {(first) => {
          const { rows, next } = pages.joined(first);
          if (rows.length === 0) return <Empty heading={audit.empty} hint={audit.emptyHint} />;
          return (
            <>
              <Trail entries={rows} />
              <Further
                failure={pages.failure}
                onMore={next === null ? null : () => void pages.more(next)}
                end={audit.end}
              />
            </>
          );
        }}
      </Answered>
    </>
  );
}

function Trail({ entries }: { entries: Entry[] }) {
  const { texts } = useConsole();
  const { audit } = texts;
  const actions: Partial<Record<string, string>> = audit.actions;
  return (
    <DataTable
      label={audit.heading}
      columns={[audit.time, audit.action, audit.site, audit.who, audit.detail, audit.count]}
      numbersFrom={5}
      rows={entries.map((entry) => ({
        key: entry.id,
        cells: [
          <Moment key="time" seconds={Math.floor(entry.at / 1000)} />,
          <>
            <strong>{actions[entry.action] ?? entry.action}</strong>
            <code class="muted second">{entry.action}</code>
          </>,
          entry.site ?? "–",
          <a key="key" href={formatAddress({ page: "audit", query: { key: entry.keyId } })}>
            {entry.label}
            <code class="second">{entry.keyId}</code>
          </a>,
          <Detail key="detail" detail={entry.detail} />,
          entry.count,
        ],
      }))}
    />
  );
}

/** Fields of filters that are moments, in Unix seconds. */
const moments = new Set(["at", "from", "to", "untilFrom", "untilTo"]);

/** The filter, as the trail keeps it: names of fields are the API's own. */
function Detail({ detail }: { detail: Entry["detail"] }) {
  const said = Object.entries(detail).filter(
    ([name, value]) => name !== "site" && value !== null && value !== false,
  );
  if (said.length === 0) return <>–</>;
  return (
    <span class="detail">
      {said.map(([name, value]) => (
        <span key={name}>
          <code>{value === true ? name : `${name}=`}</code>
          {value !== true &&
            (moments.has(name) && typeof value === "number" ? (
              <Moment seconds={value} />
            ) : (
              <code>{value}</code>
            ))}{" "}
        </span>
      ))}
    </span>
  );
}
