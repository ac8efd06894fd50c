/** What the owner pastes: the tag, what the pages' security policy must allow for it, Tag Manager. */
import type { SiteTag } from "../../contract/staff/versions.ts";
import { useConsole } from "../context.ts";
import { Answered } from "../parts/answered.tsx";
import { Copyable } from "../parts/copyable.tsx";
import type { VersionPageAddress } from "../pages/version-pages.tsx";
import { useAnswer } from "../use-answer.ts";
import { Snippet } from "./snippet.tsx";
import { useTexts } from "./use-texts.ts";

/** What a server puts anew into every answer. */
const nonce = "{random}";

export function TagPage({ address: { site } }: { address: VersionPageAddress }) {
  const { api } = useConsole();
  const { tag } = useTexts();
  const needed = useAnswer(`tag ${site}`, () => api.tag(site));
  return (
    <>
      <div class="toolbar">
        <div>
          <h1>{tag.heading}</h1>
          <p class="muted">{tag.lead}</p>
        </div>
      </div>
      <Answered answer={needed} label={tag.loading}>
        {(answer) => (
          <>
            <section class="card padded">
              <h2>{tag.paste}</h2>
              <p>{tag.where}</p>
              <Snippet name={tag.paste} text={answer.element} />
            </section>
            <Inline tag={answer} />
            <SecurityPolicy tag={answer} />
            <TagManager tag={answer} />
          </>
        )}
      </Answered>
    </>
  );
}

function Inline({ tag: { inline } }: { tag: SiteTag }) {
  const { tag } = useTexts();
  if (!inline) return <p class="muted">{tag.noInline}</p>;
  return (
    <section class="card padded">
      <h2>{tag.inline}</h2>
      <p>{tag.inlineLead}</p>
      <Snippet name={tag.inline} text={inline.element} />
      <p class="muted">{tag.inlineHash}</p>
      <Copyable name="script-src" value={inline.hash} />
    </section>
  );
}

function SecurityPolicy({ tag: { element, policy } }: { tag: SiteTag }) {
  const { tag } = useTexts();
  const vendors = Object.values(policy).some((sources) => sources.length > 1);
  return (
    <section class="card padded">
      <h2>{tag.policy}</h2>
      <p>{tag.policyLead}</p>
      <Snippet name={tag.policy} text={header(policy)} />
      <p class="muted">{tag.styles}</p>
      {vendors && <p class="muted">{tag.vendors}</p>}
      <h3>{tag.withNonce}</h3>
      <p>{tag.nonceLead}</p>
      <Snippet
        name={tag.nonceTag}
        text={element.replace("<script ", `<script nonce="${nonce}" `)}
      />
      <Snippet
        name={tag.withNonce}
        text={header({ ...policy, "script-src": [`'nonce-${nonce}'`, "'strict-dynamic'"] })}
      />
      <h3>{tag.trustedTypes}</h3>
      <p>{tag.trustedTypesLead}</p>
      <Snippet
        name={tag.trustedTypes}
        text="Content-Security-Policy: require-trusted-types-for 'script'; trusted-types soglas"
      />
    </section>
  );
}

const header = (policy: SiteTag["policy"]) =>
  `Content-Security-Policy: ${Object.entries(policy)
    .map(([directive, sources]) => [directive, ...sources].join(" "))
    .join("; ")}`;

function TagManager({ tag: { asked, jurisdiction } }: { tag: SiteTag }) {
  const { tag } = useTexts();
  return (
    <section class="card padded">
      <h2>{tag.manager}</h2>
      {jurisdiction === "ru" ? (
        <p class="asks-again">{tag.managerAbroad}</p>
      ) : (
        <>
          <p>{tag.managerOrder}</p>
          {asked.slice(0, 1).map((purpose) => (
            <>
              <p>{tag.managerMark(purpose)}</p>
              <Snippet name={tag.manager} text={container(purpose)} />
            </>
          ))}
          <p>{tag.managerTags}</p>
        </>
      )}
    </section>
  );
}

/** A container that waits, as marked parts of a page do. */
const container = (purpose: string) =>
  `<script type="text/plain" data-consent="${purpose}">
  window.dataLayer = window.dataLayer || [];
  dataLayer.push({ "gtm.start": Date.now(), event: "gtm.js" });
</script>
<script type="text/plain" data-consent="${purpose}" async
  src="https://www.googletagmanager.com/gtm.js?id=GTM-XXXXXXX"></script>`;
