/** The pages about a site's versions, in a script of their own: most visits to the console need none of them. */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { SiteAddress, SitePage } from "../address.ts";
import { useConsole } from "../context.ts";
import { Loading } from "../parts/blank.tsx";
import { FailureNote } from "../parts/failure.tsx";

/** What the script exports: a component for each page. */
export type VersionPageAddress = Extract<SiteAddress, { page: SitePage }>;
type Pages = Record<string, ComponentType<{ address: VersionPageAddress }>>;

export function VersionPages({ address }: { address: VersionPageAddress }) {
  const { texts } = useConsole();
  const [pages, setPages] = useState<Pages | "failed" | null>(null);
  const load = () => {
    setPages(null);
    import("../versions/pages.tsx").then(
      (loaded) => setPages(loaded.pages),
      // The gateway is away, or brings another build by now.
      () => setPages("failed"),
    );
  };
  useEffect(load, []);

  if (pages === null) return <Loading label={texts.pages[address.page]} />;
  if (pages === "failed") return <FailureNote failure={{ kind: "offline" }} onRetry={load} />;
  const Shown = pages[address.page]!;
  return <Shown address={address} />;
}
