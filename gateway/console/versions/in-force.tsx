/** What counted at one moment. */
import type { SiteTimeline } from "../../contract/staff/versions.ts";
import { Moment } from "../parts/moment.tsx";
import { Copyable } from "../parts/copyable.tsx";
import { DocumentLinks } from "./document-links.tsx";
import { useTexts } from "./use-texts.ts";

/** @param props.at Unix seconds */
export function InForce({ timeline, at }: { timeline: SiteTimeline; at: number }) {
  const { timeline: texts } = useTexts();
  const entry = timeline.entries.find(({ id }) => id === timeline.inForce);
  return (
    <section class="note" aria-labelledby="in-force">
      <h2 id="in-force">
        {texts.inForce} <Moment seconds={at} />
      </h2>
      {entry ? (
        <dl class="facts">
          <div>
            <dt>{texts.counted}</dt>
            <dd>
              <Moment seconds={entry.effectiveAt} />
              {entry.until === null ? (
                <> – {texts.stillNow}</>
              ) : (
                <>
                  {" "}
                  – <Moment seconds={entry.until} />
                </>
              )}
            </dd>
          </div>
          <div>
            <dt>{texts.shown}</dt>
            <dd>
              <DocumentLinks site={timeline.site} version={entry.version} />
            </dd>
          </div>
          <div>
            <dt>{texts.version}</dt>
            <dd>
              <Copyable name={texts.version} value={entry.version} />
            </dd>
          </div>
        </dl>
      ) : (
        <p>{texts.nothingYet}</p>
      )}
    </section>
  );
}
