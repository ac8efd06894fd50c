/** What stands around every page of one site: the way back, and the way to its other pages. */
import type { ComponentChildren } from "preact";
import { formatAddress, sitePages, type SiteAddress } from "../address.ts";
import { useConsole } from "../context.ts";
import { localizedText } from "../format.ts";
import { useAnswer } from "../use-answer.ts";

export function SiteFrame(props: { address: SiteAddress; children: ComponentChildren }) {
  const { api, texts, settings } = useConsole();
  const { site, page } = props.address;
  const sites = useAnswer("sites", api.sites);
  const found = sites.result?.ok
    ? sites.result.value.sites.find(({ id }) => id === site)
    : undefined;
  return (
    <>
      <div class="site-head">
        <nav class="path" aria-label={texts.sites.heading}>
          <a href="#/">{texts.records.all}</a> <span aria-hidden="true">›</span>{" "}
          <strong>{found ? localizedText(found.name, settings.language) : site}</strong>
        </nav>
        <nav class="tabs" aria-label={texts.pages.label}>
          <a
            href={formatAddress({ page: "records", site, record: null, query: {} })}
            aria-current={page === "records" ? "page" : undefined}
          >
            {texts.pages.records}
          </a>
          {sitePages.map((other) => (
            <a
              key={other}
              href={formatAddress({ page: other, site, query: {} })}
              aria-current={page === other ? "page" : undefined}
            >
              {texts.pages[other]}
            </a>
          ))}
        </nav>
      </div>
      {props.children}
    </>
  );
}
