/**
 * Profile `direct`: Google's own tag runs in the page and sends its hits to the gateway, which cleans them
 * as it cleans everything. The page does meet a vendor's host, for the script: a departure from C8 and R2.
 */
import type { Service, Site } from "../contract/site.ts";

/** Whether a service is fed by the vendor's own tag, through the gateway. */
export const isRelayed = ({ mode, profile }: Pick<Service, "mode" | "profile">): boolean =>
  mode === "tag" && profile === "direct";

/** Whether events for a service pass the gateway at all. */
export const usesGateway = (service: Pick<Service, "mode" | "profile">): boolean =>
  service.mode === "gateway" || isRelayed(service);

/** Ids of the services that a hit with this measurement id is meant for. */
export const relayedTo = ({ services }: Site, measurementId: string): string[] =>
  services
    .filter((service) => isRelayed(service))
    .filter(({ settings }) => settings["measurementId"] === measurementId)
    .map(({ id }) => id);
