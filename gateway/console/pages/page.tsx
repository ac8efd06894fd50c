/** Which page an address stands for. */
import type { Address, SiteAddress } from "../address.ts";
import { filtersOf } from "../filter.ts";
import { SiteFrame } from "../parts/site-frame.tsx";
import { AccessPage } from "./access.tsx";
import { AuditPage } from "./audit.tsx";
import { KeysPage } from "./keys.tsx";
import { DeliveriesPage } from "./deliveries.tsx";
import { ErasurePage } from "./erasure.tsx";
import { ExportsPage } from "./exports.tsx";
import { OverviewPage } from "./overview.tsx";
import { RecordsPage } from "./records.tsx";
import { SitesPage } from "./sites.tsx";
import { TotalsPage } from "./totals.tsx";
import { VersionPages } from "./version-pages.tsx";
import { VisitorPage } from "./visitor.tsx";

/** @param props.onSignedOut told when every session was ended from within a page */
export function Page({ address, onSignedOut }: { address: Address; onSignedOut: () => void }) {
  if ("site" in address)
    return (
      <SiteFrame key={address.site} address={address}>
        <PageOfSite {...address} />
      </SiteFrame>
    );
  switch (address.page) {
    case "sites":
      return <SitesPage />;
    case "totals":
      return <TotalsPage query={address.query} />;
    case "audit":
      return <AuditPage key={JSON.stringify(address.query)} query={address.query} />;
    case "keys":
      return <KeysPage />;
    case "access":
      return <AccessPage onSignedOut={onSignedOut} />;
  }
}

function PageOfSite(address: SiteAddress) {
  switch (address.page) {
    case "records":
      return <RecordsPage {...address} filters={filtersOf(address.query)} />;
    case "visitor":
      return <VisitorPage {...address} />;
    case "overview":
      return <OverviewPage {...address} />;
    case "deliveries":
      return <DeliveriesPage key={JSON.stringify(address.query)} {...address} />;
    case "erasure":
      return <ErasurePage site={address.site} />;
    case "versions":
    case "edit":
    case "tag":
      return <VersionPages key={address.page} address={address} />;
    case "exports":
      return <ExportsPage site={address.site} filters={filtersOf(address.query)} />;
  }
}
