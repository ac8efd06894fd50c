/**
 * Sites and records for the console's benchmark, through the real write path: published sites, decisions
 * appended in batches, over a year and under two policy versions.
 */
import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { sql } from "kysely";
import type { ChoiceState } from "../../../gateway/contract/decision.ts";
import type { Gateway } from "../../../gateway/gateway.ts";
import type { DecisionInput } from "../../../gateway/log/log.ts";
import { readSiteDirectory } from "../../../gateway/sites/directory/read.ts";
import type { SiteFiles } from "../../../gateway/sites/sites.ts";

export interface SettableClock {
  now(): number;
  time: number;
}

const clinic = join(import.meta.dirname, "../../../demo/sites/clinic");
const countries = ["RU", "RU", "RU", "RU", "RU", "KZ", "BY", "DE", "AM", null];
const browsers = ["chrome 140", "yandex 25", "safari 18", "firefox 141", "edge 140", "opera"];
const devices = ["desktop", "mobile", "mobile", "tablet"] as const;

/** Decisions that wait for their commit at one time. */
const together = 2048;

/** Always the same numbers, so that two runs are about the same records. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** @returns the sites' ids, the one with the most records first. */
export async function seed(
  gateway: Gateway,
  clock: SettableClock,
  { sites: siteCount, records }: { sites: number; records: number },
): Promise<string[]> {
  const sites = Array.from({ length: siteCount }, (_, n) => `site-${n + 1}`);
  await publish(gateway, sites, 1);
  const random = numbers(7);
  const step = Math.floor((360 * 86_400_000 * together) / records);
  // The n-th site has a share of 1/n: few sites have most of the visitors.
  const shares = sites.flatMap((site, n) =>
    Array.from({ length: Math.ceil((2 * siteCount) / (n + 1)) }, () => site),
  );
  for (let made = 0; made < records; made += together) {
    if (made >= records / 2 && made < records / 2 + together) await publish(gateway, sites, 2);
    const batch: DecisionInput[] = [];
    for (let n = made; n < Math.min(made + together, records); n += 1)
      batch.push(await decision(gateway, clock, shares[random(shares.length)]!, random));
    // A transaction of few sites takes few locks and few statements.
    batch.sort((a, b) => (a.site < b.site ? -1 : 1));
    await Promise.all(batch.map((input) => gateway.log.append(input)));
    clock.time += step;
    // Or the log refuses to run further ahead of its tree.
    if ((made / together) % 8 === 7) await gateway.integrator.integrate();
  }
  await gateway.integrator.integrate();
  return sites;
}

/** What the main database takes on the disk. */
export async function bytesOf({ storage: { main } }: Gateway): Promise<number> {
  const { rows } = await (
    main.engine === "sqlite"
      ? sql<{
          bytes: number;
        }>`select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()`
      : sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`
  ).execute(main.read);
  return Number(rows[0]!.bytes);
}

async function publish({ sites }: Gateway, ids: string[], edition: number): Promise<void> {
  const files = await readSiteDirectory(clinic);
  for (const id of ids) await sites.publish(directory(files, id, edition));
}

function directory(files: SiteFiles, id: string, edition: number): SiteFiles {
  const site = JSON.parse(Buffer.from(files.get("site.json")!).toString());
  const changed = { ...site, id, log: { ...site.log, name: `bench.test/${id}` } };
  const policy = Buffer.from(files.get("policy/ru.md")!).toString();
  return new Map(files)
    .set("site.json", Buffer.from(JSON.stringify(changed)))
    .set("policy/ru.md", Buffer.from(`${policy}\n\n${edition}\n`));
}

async function decision(
  { sites }: Gateway,
  clock: SettableClock,
  site: string,
  random: (below: number) => number,
): Promise<DecisionInput> {
  const config = (await sites.effective(site))!;
  const asked = config.site.purposes.filter(({ essential }) => !essential);
  const kind = random(10);
  const state = (): ChoiceState =>
    kind < 5 ? "granted" : kind < 8 || random(2) === 0 ? "denied" : "granted";
  const purposes = Object.fromEntries(asked.map(({ id }) => [id, state()]));
  const services = Object.fromEntries(
    config.site.services.map(({ id, purpose }) => [id, purposes[purpose] ?? "denied"]),
  );
  const received = clock.now();
  const body = {
    v: 1 as const,
    id: randomBytes(16).toString("base64url"),
    secret: randomBytes(16).toString("base64url"),
    counter: 1,
    time: Math.floor(received / 1000) - random(5),
    action: kind === 9 ? ("withdraw" as const) : ("first" as const),
    place: "banner" as const,
    control: "save" as const,
    offered: ["accept-all" as const, "refuse-all" as const, "choose" as const],
    config: config.hash,
    language: config.site.languages[random(20) === 0 ? 1 : 0] ?? config.site.languages[0]!,
    theme: random(4) === 0 ? ("dark" as const) : ("light" as const),
    viewport: random(3) === 0 ? ("narrow" as const) : ("wide" as const),
    purposes,
    services,
    documents: [],
    page: "/services",
    gpc: false,
  };
  return {
    site,
    body,
    bodyHash: createHash("sha256").update(body.id).digest(),
    observed: {
      receivedAt: received,
      origin: config.site.origins[0]!,
      browser: browsers[random(browsers.length)]!,
      device: devices[random(devices.length)]!,
      country: countries[random(countries.length)] ?? null,
    },
    validDays: kind < 5 ? 365 : 180,
  };
}
