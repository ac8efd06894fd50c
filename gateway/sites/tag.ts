/**
 * A vendor as a page meets it: its own script, or its own page in a frame. One file in tags/ with one
 * default export, made by {@link defineTag}: facts alone, from which publishing, the tag, the sweep after
 * a withdrawal and automatic blocking are served.
 */
import { z } from "zod";
import { storedItem, type Service, type StoredItem } from "../contract/site.ts";
import type { ServiceVendor, TagScripts, VendorEndpoints } from "../contract/vendors.ts";
import type { TagForm } from "../contract/widget.ts";

/** What beside a service's settings decides how its tag starts. */
export interface TagContext {
  service: Service;
  /** Addresses of the installation (`SOGLAS_VENDORS`). */
  scripts: TagScripts & VendorEndpoints;
  /** Where on the gateway a tag of profile `direct` sends its hits. */
  relay: string;
}

interface TagFacts {
  /** ISO 3166-1: where the hosts are that a page asks; null: wherever the service's recipient is. */
  readonly country: string | null;
  /**
   * Beginnings of addresses, without a scheme, at which the vendor serves what pages load: `*.` at the
   * front stands for any subdomain. What automatic blocking holds back.
   */
  readonly hosts: readonly string[];
  /**
   * What beside the script's own host a page's Content-Security-Policy must allow, by directive; where
   * the vendor publishes no list, `hosts`.
   */
  readonly sources: Readonly<Record<string, string[]>>;
  /** What it is known to leave in the browser. */
  readonly stores: readonly StoredItem[];
  /** Whether it lives in frames of the page and has no script of its own. */
  readonly embedded: boolean;
}

interface TagDefinition<Settings> extends Omit<TagFacts, "stores" | "embedded" | "sources"> {
  readonly id: string;
  readonly settings: z.ZodType<Settings>;
  readonly stores: z.input<typeof storedItem>[];
  readonly sources?: TagFacts["sources"];
  /** See {@link ServiceVendor}. */
  account(settings: Settings): string;
  /** How the vendor's script is started; absent for what lives in frames. */
  form?(settings: Settings, context: TagContext): TagForm | null;
}

export interface Tag extends ServiceVendor, TagFacts {
  /** Null where the tag has nothing to start: a frame's, or one the installation has no address for. */
  form(context: TagContext): TagForm | null;
}

export function defineTag<Settings extends Record<string, unknown>>(
  definition: TagDefinition<Settings>,
): Tag {
  const { id, settings, country, hosts, form } = definition;
  return {
    id,
    modes: ["tag"],
    settings,
    country,
    hosts,
    sources:
      definition.sources ?? sourcesAt(hosts, form ? ["img-src", "connect-src"] : ["frame-src"]),
    stores: z.array(storedItem).parse(definition.stores),
    embedded: form === undefined,
    // Settings were read by this very definition's schema.
    account: (given) => definition.account(given as Settings),
    form: (context) => form?.(settings.parse(context.service.settings), context) ?? null,
  };
}

function sourcesAt(hosts: readonly string[], directives: string[]): Record<string, string[]> {
  const origins = [...new Set(hosts.map((host) => `https://${host.split("/")[0]!}`))];
  return Object.fromEntries(directives.map((directive) => [directive, origins]));
}
