/** What a gateway that is to be killed is told, and tells. */
import { ga4Service, metrikaService, webhookService } from "./installation.ts";

export interface Work {
  folder: string;
  /** Base address of the vendor. */
  vendor: string;
  /** Part of every page's path, so that no two rounds have one in common. */
  round: number;
}

/** An event was acknowledged. */
export interface Told {
  page: string;
}

/** One service of each kind: at most once with and without repetition, at least once. */
export const killable = [ga4Service, metrikaService, webhookService];
