/** What the owner of a site puts into its pages, and what the pages' own security policy must allow for it. */
import type { Service } from "../contract/site.ts";
import type { SiteTag } from "../contract/staff-versions.ts";
import { isRelayed } from "./relay.ts";
import type { Addresses } from "./script-config.ts";
import type { SiteConfig } from "./sites.ts";

type Policy = Map<string, Set<string>>;

/**
 * What a vendor's own script loads and sends to beside its own host, by directive.
 * GA4: https://developers.google.com/tag-platform/security/guides/csp#google_analytics_4_google_analytics
 * Metrika: https://yandex.com/support/metrica/code/install-counter-csp.html
 */
const vendorSources: Record<string, Record<string, string[]>> = {
  ga4: {
    "img-src": ["https://*.google-analytics.com", "https://*.googletagmanager.com"],
    "connect-src": [
      "https://*.google-analytics.com",
      "https://*.analytics.google.com",
      "https://*.googletagmanager.com",
    ],
  },
  metrika: {
    "script-src": ["https://yastatic.net"],
    "img-src": ["https://mc.yandex.ru"],
    "connect-src": ["https://mc.yandex.ru", "wss://mc.yandex.ru"],
    "frame-src": ["blob:", "https://mc.yandex.ru"],
  },
};

/**
 * The interface's styles are constructed and need no source. Services in mode `gateway` need none either:
 * pages meet no host of theirs.
 */
export function embeddingOf({ site }: SiteConfig, { publicUrl, scripts }: Addresses): SiteTag {
  const address = `${publicUrl}/s/${site.id}.js`;
  const gateway = new URL(publicUrl).origin;
  const policy: Policy = new Map();
  allow(policy, { "script-src": [gateway], "connect-src": [gateway] });
  for (const service of site.services)
    if (service.mode === "tag") allow(policy, sourcesOf(service, scripts));
  return {
    address,
    element: `<script async src="${address}"></script>`,
    policy: Object.fromEntries([...policy].map(([directive, of]) => [directive, [...of]])),
  };
}

function sourcesOf(service: Service, scripts: Addresses["scripts"]): Record<string, string[]> {
  const { script } = scripts[service.vendor as keyof Addresses["scripts"]];
  const own = { "script-src": [new URL(script).origin] };
  // A relayed tag sends what it sends to the gateway.
  if (isRelayed(service)) return own;
  const { "script-src": more = [], ...others } = vendorSources[service.vendor] ?? {};
  return { ...others, "script-src": [...own["script-src"], ...more] };
}

function allow(policy: Policy, sources: Record<string, string[]>): void {
  for (const [directive, of] of Object.entries(sources))
    policy.set(directive, new Set([...(policy.get(directive) ?? []), ...of]));
}
