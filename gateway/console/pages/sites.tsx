/** The sites an officer may see. */
import { useCallback, useEffect, useState } from "preact/hooks";
import type { SiteList, SiteSummary } from "../../contract/staff/staff.ts";
import { formatAddress } from "../address.ts";
import type { Result } from "../api.ts";
import { useConsole } from "../context.ts";
import { displayName, localizedText, shortHash } from "../format.ts";
import { Empty, Loading } from "../parts/blank.tsx";
import { FailureNote } from "../parts/failure.tsx";
import { Moment } from "../parts/moment.tsx";

export function SitesPage() {
  const { api, texts, failed } = useConsole();
  const [result, setResult] = useState<Result<SiteList> | null>(null);
  const load = useCallback(async () => {
    setResult(null);
    const result = await api.sites();
    if (result.ok || !failed(result.failure)) setResult(result);
  }, [api, failed]);
  useEffect(() => void load(), [load]);

  return (
    <>
      <h1>{texts.sites.heading}</h1>
      {result === null && <Loading label={texts.sites.heading} />}
      {result !== null && !result.ok && <FailureNote failure={result.failure} onRetry={load} />}
      {result?.ok && result.value.sites.length === 0 && (
        <Empty heading={texts.sites.empty} hint={texts.sites.emptyHint} />
      )}
      {result?.ok && (
        <ul class="sites">
          {result.value.sites.map((site) => (
            <SiteCard key={site.id} site={site} />
          ))}
        </ul>
      )}
    </>
  );
}

function SiteCard({ site }: { site: SiteSummary }) {
  const { texts, settings } = useConsole();
  return (
    <li class="card site">
      <h2>
        <a href={formatAddress({ page: "records", site: site.id, record: null, query: {} })}>
          {localizedText(site.name, settings.language)}
        </a>
      </h2>
      <p class="muted">
        <code>{site.id}</code> · {texts.sites.profile[site.jurisdiction]}
      </p>
      <dl class="facts">
        <div>
          <dt>{texts.sites.languages}</dt>
          <dd>
            {site.languages
              .map((code) => displayName("language", code, settings.language))
              .join(", ")}
          </dd>
        </div>
        <div>
          <dt>{texts.sites.configuration}</dt>
          <dd>
            <code title={site.config}>{shortHash(site.config)}</code>
          </dd>
        </div>
        <div>
          <dt>{texts.sites.since}</dt>
          <dd>
            <Moment seconds={site.effectiveAt} />
          </dd>
        </div>
      </dl>
      <span class="site-open" aria-hidden="true">
        {texts.sites.open} →
      </span>
    </li>
  );
}
