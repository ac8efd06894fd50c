/** A site's versions: what was in force when, what changed between two. */
import { useState } from "preact/hooks";
import type { SiteTimeline } from "../../contract/staff/versions.ts";
import { formatAddress } from "../address.ts";
import { useConsole } from "../context.ts";
import { localTime, shortHash } from "../format.ts";
import { Answered } from "../parts/answered.tsx";
import { MomentField, SelectField } from "../parts/fields.tsx";
import type { VersionPageAddress } from "../pages/version-pages.tsx";
import { useAnswer } from "../use-answer.ts";
import { Comparison } from "./comparison.tsx";
import { InForce } from "./in-force.tsx";
import { TimelineTable } from "./timeline-table.tsx";
import { useTexts } from "./use-texts.ts";

export function TimelinePage({ address }: { address: VersionPageAddress }) {
  const { api } = useConsole();
  const { timeline } = useTexts();
  const { site, query } = address;
  const { at, from, to } = query;
  const narrowed = at !== undefined && /^\d{1,10}$/.test(at) ? { at } : {};
  const listed = useAnswer(`versions ${site} ${at}`, () => api.versions(site, narrowed));
  return (
    <>
      <div class="toolbar">
        <div>
          <h1>{timeline.heading}</h1>
          <p class="muted">{timeline.lead}</p>
        </div>
      </div>
      <MomentForm key={at} site={site} at={at ?? ""} />
      <Answered answer={listed} label={timeline.loading}>
        {(answer) => (
          <>
            {at !== undefined && <InForce timeline={answer} at={Number(at)} />}
            {from !== undefined && to !== undefined && (
              <Comparison key={`${from} ${to}`} site={site} from={from} to={to} />
            )}
            <section class="section">
              <h2>{timeline.all}</h2>
              <TimelineTable timeline={answer} />
            </section>
            {answer.entries.length > 1 && <CompareForm timeline={answer} chosen={{ from, to }} />}
          </>
        )}
      </Answered>
    </>
  );
}

function MomentForm({ site, at }: { site: string; at: string }) {
  const { timeline } = useTexts();
  const [moment, setMoment] = useState(at);
  return (
    <form
      class="filters card"
      onSubmit={(event) => {
        event.preventDefault();
        const query = moment === "" ? {} : { at: moment };
        window.location.hash = formatAddress({ page: "versions", site, query });
      }}
    >
      <div class="fields">
        <MomentField label={timeline.moment} value={moment} onChange={setMoment} />
      </div>
      <div class="form-actions">
        <button type="submit" class="button primary">
          {timeline.show}
        </button>
      </div>
    </form>
  );
}

/** Any two; neighbours are a link in the table. */
function CompareForm(props: {
  timeline: SiteTimeline;
  chosen: { from: string | undefined; to: string | undefined };
}) {
  const { settings } = useConsole();
  const { timeline } = useTexts();
  const { site, entries } = props.timeline;
  const [from, setFrom] = useState(props.chosen.from ?? entries[1]!.version);
  const [to, setTo] = useState(props.chosen.to ?? entries[0]!.version);
  // A version that was published twice is one choice.
  const options = [...new Map(entries.map((entry) => [entry.version, entry])).values()].map(
    ({ version, effectiveAt }) =>
      [version, `${localTime(effectiveAt, settings.language)} · ${shortHash(version)}`] as const,
  );
  return (
    <form
      class="filters card"
      onSubmit={(event) => {
        event.preventDefault();
        window.location.hash = formatAddress({ page: "versions", site, query: { from, to } });
      }}
    >
      <h2>{timeline.compareTwo}</h2>
      <div class="fields">
        <SelectField label={timeline.from} value={from} options={options} onChange={setFrom} />
        <SelectField label={timeline.to} value={to} options={options} onChange={setTo} />
      </div>
      <div class="form-actions">
        <button type="submit" class="button">
          {timeline.compare}
        </button>
      </div>
    </form>
  );
}
