/** Every publication of a site, the latest moment first, each with what it changed and how long it was announced. */
import type { SiteTimeline } from "../../contract/staff/versions.ts";
import { formatAddress } from "../address.ts";
import { useConsole } from "../context.ts";
import { duration, shortHash } from "../format.ts";
import { DataTable } from "../parts/data-table.tsx";
import { Moment } from "../parts/moment.tsx";
import { DocumentLinks } from "./document-links.tsx";
import { useTexts } from "./use-texts.ts";

type Entry = SiteTimeline["entries"][number];

/** What has a hash of its own, so that one sees at a glance which of them another version changed. */
const parts = ["policy", "consent", "texts", "configuration"] as const;

export function TimelineTable({ timeline }: { timeline: SiteTimeline }) {
  const { timeline: texts } = useTexts();
  const { site, entries } = timeline;
  return (
    <DataTable
      label={texts.heading}
      columns={[texts.counts, texts.state, texts.published, texts.changed, texts.version]}
      rows={entries.map((entry, at) => {
        // Replaced ones never counted: visitors went from one to the next that did.
        const earlier = entries.slice(at + 1).find(({ status }) => status !== "replaced");
        return {
          key: entry.id,
          cells: [
            <Counts key="counts" entry={entry} />,
            <span key="state" class={`badge version-state ${entry.status}`}>
              {texts.states[entry.status]}
            </span>,
            <Published key="published" entry={entry} />,
            <Changed key="changed" site={site} entry={entry} earlier={earlier} />,
            <>
              <code title={entry.version}>{shortHash(entry.version)}</code>
              <span class="second">
                <DocumentLinks site={site} version={entry.version} />
              </span>
            </>,
          ],
        };
      })}
    />
  );
}

function Counts({ entry }: { entry: Entry }) {
  const { timeline } = useTexts();
  return (
    <>
      <Moment seconds={entry.effectiveAt} />
      {entry.until !== null && entry.status !== "replaced" && (
        <span class="second muted">
          {timeline.until} <Moment seconds={entry.until} />
        </span>
      )}
    </>
  );
}

function Published({ entry }: { entry: Entry }) {
  const { settings } = useConsole();
  const { timeline } = useTexts();
  const notice = entry.effectiveAt - entry.publishedAt;
  return (
    <>
      <Moment seconds={entry.publishedAt} />
      <span class="second muted">
        {entry.publishedBy === null ? (
          timeline.byCommand
        ) : (
          <>
            {timeline.byKey} <code>{entry.publishedBy}</code>
          </>
        )}
      </span>
      <span class="second muted">
        {notice >= 60 ? timeline.notice(duration(notice, settings.language)) : timeline.atOnce}
      </span>
    </>
  );
}

function Changed(props: { site: string; entry: Entry; earlier: Entry | undefined }) {
  const { timeline } = useTexts();
  const { site, entry, earlier } = props;
  if (!earlier) return <>{timeline.first}</>;
  const changed = parts.filter((part) => entry[part] !== earlier[part]);
  const query = { from: earlier.version, to: entry.version };
  return (
    <>
      {changed.length === 0
        ? timeline.nothing
        : changed.map((part) => timeline.parts[part]).join(", ")}
      {changed.length > 0 && (
        <span class="second">
          <a href={formatAddress({ page: "versions", site, query })}>{timeline.whatChanged}</a>
        </span>
      )}
    </>
  );
}
