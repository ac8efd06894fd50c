/** A gateway as staff meet it: on a clock that stands until moved, with decisions recorded as a test wants them. */
import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import type { App } from "../../gateway/app.ts";
import { errorEnvelope } from "../../gateway/contract/errors.ts";
import type { DecisionBody } from "../../gateway/contract/decision.ts";
import type { Role } from "../../gateway/contract/staff/staff.ts";
import type { Gateway } from "../../gateway/gateway.ts";
import { readSiteDirectory } from "../../gateway/sites/directory/read.ts";
import type { Appended, Observed } from "../../gateway/log/log.ts";
import {
  openInstallation as openWhole,
  type InstallationOptions as WholeOptions,
} from "../gateway/installation.ts";

export interface Installation extends Pick<
  Gateway,
  "storage" | "staff" | "sites" | "history" | "log" | "integrator" | "indexer"
> {
  app: App;
  /** What the gateway wrote to its log. */
  logged: string[];
  clock: { now(): number; advance(milliseconds: number): void };
  /** Records a decision through the log: a refusal of everything unless the body says otherwise. */
  decide(
    site: string,
    body?: Partial<DecisionBody>,
    observed?: Partial<Observed>,
  ): Promise<Appended>;
  /** Makes an access key, and the headers of whoever shows it. */
  key(
    role: Role,
    site?: string | null,
  ): Promise<{ id: string; key: string; headers: { Authorization: string } }>;
  /** What the audit trail says of a key, the oldest first. */
  trail(keyId: string): Promise<{ action: string; detail: Detail; count: number }[]>;
  close(): Promise<void>;
}

type Detail = Record<string, unknown>;

export interface InstallationOptions extends Pick<WholeOptions, "env" | "signInsPerMinute"> {
  /** Unix milliseconds at which the clock stands until it is advanced. */
  start?: number;
  publicUrl?: string;
  /** Which of the demo's sites are published; all when absent. */
  sites?: string[];
  /** Built widget; the fixture's few bytes when absent. */
  widgetBuild?: string;
}

/** 22 characters of base64url: a record id, or a subject's secret. */
export const randomId = (): string => randomBytes(16).toString("base64url");

/** A site of the demo as the console would send it: path → text. */
export async function siteTexts(site: string): Promise<Record<string, string>> {
  const files = await readSiteDirectory(join(import.meta.dirname, "../../demo/sites", site));
  const decoder = new TextDecoder();
  return Object.fromEntries([...files].map(([path, bytes]) => [path, decoder.decode(bytes)]));
}

/** What a refusal says. */
export async function failureOf(response: Response) {
  const { error } = errorEnvelope.parse(await response.json());
  return { status: response.status, code: error.code, message: error.message };
}

/** What an answer says, without the one thing in which answers to the same question differ. */
export const textWithoutRequestId = async (response: Response): Promise<string> =>
  (await response.text()).replace(/"requestId":"[^"]*"/, "");

export async function openInstallation({
  start = Date.UTC(2026, 4, 4, 9, 0, 0),
  publicUrl = "http://localhost:8787",
  sites,
  widgetBuild,
  ...more
}: InstallationOptions = {}): Promise<Installation> {
  let now = start;
  const clock = {
    now: () => now,
    advance(milliseconds: number) {
      now += milliseconds;
    },
  };
  const { gateway, app, logged, close } = await openWhole({
    clock,
    publicUrl,
    ...more,
    ...(sites && { sites }),
    ...(widgetBuild !== undefined && { widgetBuild }),
  });
  return {
    ...gateway,
    app,
    logged,
    clock,
    close,
    async key(role, site = null) {
      const grant = { label: `${role} key`, role, site, expiresAt: null };
      const made = await gateway.staff.keys.create(grant);
      return { ...made, headers: { Authorization: `Bearer ${made.key}` } };
    },
    async trail(keyId) {
      const rows = await gateway.storage.main.read
        .selectFrom("staff_audit")
        .select(["action", "detail", "count"])
        .where("key_id", "=", keyId)
        .orderBy("id")
        .execute();
      return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) as Detail }));
    },
    async decide(site, changed = {}, observed = {}) {
      const config = (await gateway.sites.effective(site))!;
      const asked = config.site.purposes.filter((purpose) => !purpose.essential);
      const body: DecisionBody = {
        v: 1,
        id: randomId(),
        secret: randomId(),
        counter: 1,
        time: Math.floor(now / 1000),
        action: "first",
        place: "banner",
        control: "refuse-all",
        offered: ["accept-all", "refuse-all", "choose"],
        config: config.hash,
        language: config.site.languages[0]!,
        theme: "light",
        viewport: "wide",
        purposes: Object.fromEntries(asked.map(({ id }) => [id, "denied"])),
        services: Object.fromEntries(config.site.services.map(({ id }) => [id, "denied"])),
        documents: [],
        page: "/",
        gpc: false,
        ...changed,
      };
      return gateway.log.append({
        site,
        body,
        bodyHash: createHash("sha256").update(JSON.stringify(body)).digest(),
        observed: {
          receivedAt: now,
          origin: config.site.origins[0]!,
          browser: "Firefox 140",
          device: "desktop",
          country: null,
          ...observed,
        },
        validDays: 180,
      });
    },
  };
}
