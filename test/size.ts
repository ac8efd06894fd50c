/**
 * Byte budgets of what a page loads, brotli 11, measured on the scripts as the gateway composes them:
 * `npm run test:size`. The first site is an ordinary one: both vendors by their own tags, three purposes,
 * seven points of summary, every page alike. The demo's sites have the tracker, masked and excluded pages,
 * and four services each. A budget goes up for something new that people can do, for what would lose a
 * record or tell of a page otherwise, for code that leaves a script which more visitors load: making a
 * decision came from the tag to the interface (ADR 003), and for bytes that save time: the word to the compiler.
 * What a budget leaves above what was measured, at most 1 % where visitors wait, is there because hashes
 * compress by luck.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { openInstallation } from "./gateway/installation.ts";
import { publishOrdinary } from "./sites/ordinary.ts";

interface Budget {
  what: string;
  /** Bytes. */
  limit: number;
  measure: () => Promise<number>;
}

const installation = await openInstallation({
  widgetBuild: join(import.meta.dirname, "../dist/widget"),
  publicUrl: "http://localhost:8787",
  // One moment for every run: hashes of configurations follow from it, and each compresses by a few bytes
  // better or worse than another (the tracker's share: 988 to 1,030, 1,014 in the middle).
  clock: { now: () => Date.UTC(2026, 5, 1) },
});
const { sites } = installation.gateway;

await publishOrdinary(sites);

const tag = async (site: string) => (await sites.tag(site))!.br.length;
const hashOf = async (site: string) => (await sites.effective(site))!.hash;
const face = async (site: string, language: string) =>
  (await sites.interface(site, await hashOf(site), language))!.br.length;
const recorder = async (site: string, language: string) =>
  (await sites.recorder(site, await hashOf(site), language))!.br.length;
/** Everything until banner and preferences can be used: two requests. */
const firstVisit = async (site: string, language: string) =>
  (await tag(site)) + (await face(site, language));

const compressed = (text: string) =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
/** What a site's tag would be lighter by without a piece. */
async function share(site: string, piece: string): Promise<number> {
  const script = await (await installation.app.request(`/s/${site}.js`)).text();
  const own = await readFile(join(import.meta.dirname, `../dist/widget/${piece}.js`), "utf8");
  const without = script.replace(`${own.trim().replace(/;$/, "")};\n`, "");
  if (without === script) throw new Error(`the tag of ${site} has no piece ${piece}`);
  return compressed(script) - compressed(without);
}

/** What the console needs before it can be used: everything that its page names. */
async function consoleFirstLoad(): Promise<number> {
  const folder = join(import.meta.dirname, "../dist/console");
  const page = await readFile(join(folder, "index.html"), "utf8");
  const named = [...page.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, name]) => name!);
  const files = await Promise.all(named.map((name) => readFile(join(folder, name), "utf8")));
  return [page, ...files].map(compressed).reduce((sum, bytes) => sum + bytes, 0);
}

const budgets: Budget[] = [
  { what: "tag alone: GA4 and Metrika by tag", limit: 3_800, measure: () => tag("ordinary") },
  {
    what: "first visit until usable: tag and interface, en",
    limit: 10_020,
    measure: () => firstVisit("ordinary", "en"),
  },
  {
    what: "first visit by the inline element: both in one, en",
    limit: 9_620,
    measure: async () => (await sites.first("ordinary", "en"))!.br.length,
  },
  { what: "tag and tracker, clinic (Metrika)", limit: 5_430, measure: () => tag("clinic") },
  {
    what: "tag and tracker, clinic-eu (GA4, Metrika)",
    limit: 5_740,
    measure: () => tag("clinic-eu"),
  },
  { what: "of it the tracker, clinic", limit: 1_026, measure: () => share("clinic", "tracker") },
  { what: "interface, clinic, ru", limit: 6_750, measure: () => face("clinic", "ru") },
  { what: "interface, clinic-eu, en", limit: 6_320, measure: () => face("clinic-eu", "en") },
  { what: "recorder, clinic, ru", limit: 5_610, measure: () => recorder("clinic", "ru") },
  { what: "console, first load", limit: 48_000, measure: consoleFirstLoad },
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
