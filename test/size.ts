/**
 * Byte budgets of what a page loads, brotli 11, measured on the scripts as the gateway composes them for
 * the demo's sites: `npm run test:size`. A budget goes up for something new that visitors can do, for
 * what would lose a record or tell of a page otherwise, and for nothing else.
 */
import { openInstallation } from "./gateway/installation.ts";
import { join } from "node:path";

interface Budget {
  what: string;
  /** Bytes. */
  limit: number;
  measure: () => Promise<number>;
}

const installation = await openInstallation({
  widgetBuild: join(import.meta.dirname, "../dist/widget"),
  publicUrl: "http://localhost:8787",
});
const { sites } = installation.gateway;

const tag = async (site: string) => (await sites.tag(site))!.br.length;
const face = async (site: string, language: string) =>
  (await sites.interface(site, (await sites.effective(site))!.hash, language))!.br.length;

const budgets: Budget[] = [
  { what: "tag, clinic (Metrika, tracker)", limit: 5_400, measure: () => tag("clinic") },
  { what: "tag, clinic-eu (GA4, Metrika, tracker)", limit: 5_750, measure: () => tag("clinic-eu") },
  { what: "interface, clinic, ru", limit: 14_050, measure: () => face("clinic", "ru") },
  { what: "interface, clinic-eu, en", limit: 13_500, measure: () => face("clinic-eu", "en") },
];

let over = 0;
for (const { what, limit, measure } of budgets) {
  const bytes = await measure();
  if (bytes > limit) over += 1;
  console.log(
    `${bytes > limit ? "OVER" : "ok  "} ${String(bytes).padStart(6)} of ${limit} B  ${what}`,
  );
}
await installation.close();
process.exit(over === 0 ? 0 : 1);
