/** What every test of the forwarder begins with: an installation of its own, beside a vendor of its own. */
import { afterEach, beforeEach } from "vitest";
import {
  openInstallation,
  siteConfig,
  type ga4Service,
  type Installation,
  type metrikaService,
} from "../installation.ts";
import { openVendor, type VendorServer } from "../vendor-server.ts";

export interface Forwarding {
  readonly vendor: VendorServer;
  readonly installation: Installation;
  /** Works until nothing is due. */
  forwardAll(): Promise<void>;
  /** From now on the site has this service alone. */
  only(service: typeof ga4Service | typeof metrikaService): void;
}

/** Called once by a test file, outside its tests. */
export function openForwarding(): Forwarding {
  let vendor: VendorServer;
  let installation: Installation;
  beforeEach(async () => {
    vendor = await openVendor();
    installation = await openInstallation({ vendor: vendor.address });
  });
  afterEach(async () => {
    await installation.close();
    await vendor.close();
  });
  return {
    get vendor() {
      return vendor;
    },
    get installation() {
      return installation;
    },
    async forwardAll() {
      while ((await installation.forwarder.runOnce()) > 0);
    },
    only(service) {
      installation.configs.push(siteConfig({ services: [service] }, `only ${service.id}`));
    },
  };
}
