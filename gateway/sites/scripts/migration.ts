/** What the tag must know of the consent tools that a site had before. */
import type { EarlierTool, Site } from "../../contract/site.ts";
import type { TagConfig } from "../../contract/widget.ts";

/** What each tool calls its cookie, unless it was told otherwise. */
const usualCookies: Record<EarlierTool, string> = {
  "vanilla-cookieconsent": "cc_cookie",
  klaro: "klaro",
  tarteaucitron: "tarteaucitron",
  orejime: "eu-consent",
  cookiebot: "CookieConsent",
};

/** A service goes by the answers for its purpose: the tools differ in what they call a service. */
export function migrationOf({ migrate, cookie, services }: Site): Pick<TagConfig, "migrate"> {
  if (!migrate?.length) return {};
  const from = migrate.map(({ from: tool, cookie = usualCookies[tool], purposes }) => ({
    tool,
    cookie,
    names: {
      ...purposes,
      ...Object.fromEntries(
        services
          .filter(({ purpose }) => purpose in purposes)
          .map(({ id, purpose }) => [id, purposes[purpose]!]),
      ),
    },
  }));
  const { domain, keep } = cookie;
  return {
    migrate: {
      from,
      ...(domain !== undefined && { domain }),
      ...(keep === "local" && { local: true }),
    },
  };
}
