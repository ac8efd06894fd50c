/** What passes between the console and its stage. */
import type { Jurisdiction } from "../../contract/site.ts";
import type { ShownScripts } from "../../contract/staff/replay.ts";

/** From the stage, whenever it is new or began anew. */
export const ready = "soglas-stage-ready";

/** To the stage, which shows the first of these and nothing after it. */
export interface Play {
  scripts: ShownScripts;
  theme: "light" | "dark";
  /** The profile that was in force, on a site with several; null: the site's own, or its strictest. */
  jurisdiction: Jurisdiction | null;
}
