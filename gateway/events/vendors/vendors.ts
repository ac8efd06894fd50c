/** Every vendor the gateway can reach. */
import type { Service } from "../../contract/site.ts";
import type { VendorEndpoints } from "../../contract/vendors.ts";
import { ga4 } from "./ga4.ts";
import { metrika } from "./metrika.ts";
import type { Destination } from "./vendor.ts";

const vendors = [ga4, metrika];

/** The vendor that takes a service's events, and the way there; null when no vendor does. */
export function destinationOf(
  service: Service,
  endpoints: VendorEndpoints,
): { vendor: string; destination: Destination } | null {
  for (const vendor of vendors) {
    const destination = vendor.destination(service, endpoints);
    if (destination) return { vendor: vendor.id, destination };
  }
  return null;
}
