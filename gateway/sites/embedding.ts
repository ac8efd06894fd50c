/** What the owner of a site puts into its pages, and what the pages' own security policy must allow for it. */
import type { Service } from "../contract/site.ts";
import type { SiteTag } from "../contract/staff/versions.ts";
import { inlineElementOf } from "./inline-element.ts";
import { isRelayed } from "./relay.ts";
import type { Addresses } from "./scripts/tag-config.ts";
import type { SiteConfig } from "./sites.ts";
import { tagOf } from "./tags.ts";

type Policy = Map<string, Set<string>>;

/**
 * The interface's styles are constructed and need no source. Services in mode `gateway` need none either:
 * pages meet no host of theirs.
 */
export function embeddingOf(
  { site }: SiteConfig,
  { publicUrl, scripts, files }: Addresses,
): SiteTag {
  const base = `${publicUrl}${files ? "" : "/s"}/${site.id}`;
  const address = `${base}.js`;
  // What blocks must come before what is blocked.
  const blocks = site.blocking === "auto";
  // Files may stand on the site itself, whose origins are many.
  const gateway = URL.parse(publicUrl)?.origin ?? "'self'";
  const policy: Policy = new Map();
  allow(policy, { "script-src": [gateway], ...(!files && { "connect-src": [gateway] }) });
  for (const service of site.services)
    if (service.mode === "tag")
      allow(policy, sourcesOf(service, scripts, `${publicUrl}/t/${site.id}`));
  return {
    address,
    element: `<script ${blocks ? "" : "async "}src="${address}"></script>`,
    inline: blocks ? null : inlineElementOf(site, base, !files),
    policy: Object.fromEntries([...policy].map(([directive, of]) => [directive, [...of]])),
    jurisdiction: site.jurisdiction,
    asked: site.purposes.filter(({ essential }) => !essential).map(({ id }) => id),
  };
}

/** What a vendor's own script needs beside its own host, or its frames, by directive. */
function sourcesOf(
  service: Service,
  scripts: Addresses["scripts"],
  relay: string,
): Record<string, string[]> {
  const tag = tagOf(service.vendor);
  const form = tag?.form({ service, scripts, relay });
  const own = form ? { "script-src": [new URL(form.src).origin] } : {};
  // A relayed tag sends what it sends to the gateway.
  if (!tag || isRelayed(service)) return own;
  const { "script-src": more = [], ...others } = tag.sources;
  return { ...others, "script-src": [...(own["script-src"] ?? []), ...more] };
}

function allow(policy: Policy, sources: Record<string, string[]>): void {
  for (const [directive, of] of Object.entries(sources))
    policy.set(directive, new Set([...(policy.get(directive) ?? []), ...of]));
}
