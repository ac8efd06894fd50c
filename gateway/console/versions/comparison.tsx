/** What changed between two published versions. */
import { formatAddress } from "../address.ts";
import { useConsole } from "../context.ts";
import { shortHash } from "../format.ts";
import { Answered } from "../parts/answered.tsx";
import { useAnswer } from "../use-answer.ts";
import { Difference } from "./difference.tsx";
import { useTexts } from "./use-texts.ts";

export function Comparison(props: { site: string; from: string; to: string }) {
  const { api } = useConsole();
  const { difference, timeline } = useTexts();
  const { site, from, to } = props;
  const compared = useAnswer(`${site} ${from} ${to}`, () => api.difference(site, from, to));
  return (
    <section class="section card padded" aria-labelledby="difference">
      <div class="toolbar">
        <h2 id="difference">
          {difference.heading} <code>{shortHash(from)}</code> → <code>{shortHash(to)}</code>
        </h2>
        <a href={formatAddress({ page: "versions", site, query: {} })}>{timeline.close}</a>
      </div>
      <Answered answer={compared} label={difference.loading}>
        {(answer) => <Difference of={answer} />}
      </Answered>
    </section>
  );
}
