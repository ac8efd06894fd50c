/**
 * The only reader of `process.env`: every setting of an installation, checked at once.
 * docs/configuration.md lists them for operators.
 */
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { z } from "zod";
import { witnesses, type WitnessSettings } from "./contract/witnesses.ts";
import { vendorEndpoints } from "./events/vendors.ts";
import type { LocationFile } from "./locations.ts";
import { parseWitnessKey } from "./log/witness/cosignature.ts";
import type { OpenIdSettings } from "./staff/openid/settings.ts";
import { checkOpenId, openIdSettings, openIdVariables } from "./staff/openid/variables.ts";
import { budget, json, port, webAddress } from "./variables.ts";
import { parseNetwork, type Network } from "./privacy/address.ts";

const schema = z
  .object({
    /** Folder of the databases and the installation secret. */
    SOGLAS_DATA: z.string().min(1).default("./data"),
    /** Address to listen on; loopback unless a proxy or a container needs more. */
    SOGLAS_HOST: z.string().min(1).default("127.0.0.1"),
    PORT: port.prefault("8787"),
    /** Base of every URL the gateway writes; a path prefix is allowed. A Host header is never used. */
    SOGLAS_PUBLIC_URL: webAddress(/^https?$/, "https://consent.example.com")
      .refine((text) => /^https?:\/\/[^\s@?#"'<>\\]+$/.test(text), {
        error: "must be scheme, host, port and path only, such as https://example.com/consent",
      })
      .optional(),
    /** Both or neither: PostgreSQL instead of the embedded database. */
    SOGLAS_DATABASE_URL: webAddress(/^postgres(ql)?$/, "postgres://host/soglas").optional(),
    SOGLAS_KEYS_URL: webAddress(/^postgres(ql)?$/, "postgres://host/soglas_keys").optional(),
    /** Base64url of at least 32 random bytes; a file in the data folder when absent. */
    SOGLAS_SECRET: z.string().optional(),
    /** Folder of the high-water marks, away from the data; on PostgreSQL there are none without it. */
    SOGLAS_HIGHWATER: z.string().min(1).optional(),
    /** Instead of the folder: a PostgreSQL database that replicas share, restored with none of the others. */
    SOGLAS_HIGHWATER_URL: webAddress(/^postgres(ql)?$/, "postgres://host/soglas_marks").optional(),
    /** Where programs of this user keep their state (XDG Base Directory Specification). */
    XDG_STATE_HOME: z.string().min(1).optional(),
    /** Folder of site directories that are published at every start. */
    SOGLAS_SITES: z.string().min(1).optional(),
    /** JSON: where the vendors are reached. */
    SOGLAS_VENDORS: json.pipe(vendorEndpoints).prefault("{}"),
    /** JSON: the witnesses that the logs are shown to. */
    SOGLAS_WITNESSES: json
      .pipe(witnesses)
      .refine((list) => list.every(({ key }) => parseWitnessKey(key) !== null), {
        error: "has a `key` that is not the verifier key of a witness: name+1a2b3c4d+base64",
      })
      .refine((list) => new Set(list.map(({ key }) => key)).size === list.length, {
        error: "names one key twice",
      })
      .prefault("[]"),
    /** Comma-separated addresses or networks whose X-Forwarded-For, and country header, are believed. */
    SOGLAS_TRUSTED_PROXIES: z
      .string()
      .default("")
      .transform((list) =>
        list
          .split(",")
          .map((entry) => entry.trim())
          .filter((entry) => entry !== "")
          .map(parseNetwork),
      )
      .refine((list): list is Network[] => !list.includes(null), {
        error: "must be addresses or networks such as 10.0.0.0/8, separated by commas",
      }),
    /** File in MaxMind's format, from which the country of an address is read. */
    SOGLAS_GEO_FILE: z.string().min(1).optional(),
    /** Whether the file is read for regions too. */
    SOGLAS_GEO_DETAIL: z
      .enum(["country", "region"], { error: "must be country or region" })
      .default("country"),
    /** Header in which trusted proxies name the visitor's country, such as CF-IPCountry. */
    SOGLAS_GEO_HEADER: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,64}$/, "must be the name of a header such as CF-IPCountry")
      .optional(),
    /** Visitor requests per second and site, and per minute and address. */
    SOGLAS_SITE_BUDGET: budget.prefault("5000"),
    SOGLAS_ADDRESS_BUDGET: budget.prefault("300"),
    /** Days that events which could not be delivered are kept for staff to look at. */
    SOGLAS_DEAD_LETTER_DAYS: z
      .string()
      .regex(/^[1-9]\d{0,2}$/, "must be a number of days from 1 to 999")
      .prefault("30")
      .transform(Number),
    SOGLAS_LOG_LEVEL: z.enum(["info", "warn", "error", "silent"]).default("info"),
    ...openIdVariables,
  })
  .superRefine(checkOpenId)
  .refine(
    (env) => (env.SOGLAS_DATABASE_URL === undefined) === (env.SOGLAS_KEYS_URL === undefined),
    {
      path: ["SOGLAS_KEYS_URL"],
      message: "goes together with SOGLAS_DATABASE_URL: the key store is a database of its own",
    },
  )
  .refine((env) => env.SOGLAS_GEO_HEADER === undefined || env.SOGLAS_TRUSTED_PROXIES.length > 0, {
    path: ["SOGLAS_GEO_HEADER"],
    message: "is believed from trusted proxies only: name them in SOGLAS_TRUSTED_PROXIES",
  })
  .refine((env) => env.SOGLAS_HIGHWATER === undefined || env.SOGLAS_HIGHWATER_URL === undefined, {
    path: ["SOGLAS_HIGHWATER_URL"],
    message: "takes the place of SOGLAS_HIGHWATER: set one of them",
  })
  .refine(
    ({ SOGLAS_HIGHWATER_URL: marks, SOGLAS_DATABASE_URL: main, SOGLAS_KEYS_URL: keys }) =>
      marks === undefined || (marks !== main && marks !== keys),
    {
      path: ["SOGLAS_HIGHWATER_URL"],
      message: "must be another database: one that is restored with the logs remembers nothing",
    },
  )
  .refine(
    (env) =>
      env.SOGLAS_DATABASE_URL === undefined || env.SOGLAS_DATABASE_URL !== env.SOGLAS_KEYS_URL,
    {
      path: ["SOGLAS_KEYS_URL"],
      message:
        "must be another database than SOGLAS_DATABASE_URL: the key store is kept and backed up apart",
    },
  );

export interface Settings {
  data: string;
  host: string;
  port: number;
  /** Without a trailing slash. */
  publicUrl: string;
  database: { url: string; keysUrl: string } | null;
  secret: string | null;
  /** Folder of the high-water marks, when one is named. */
  highWater: string | null;
  /** Database of the high-water marks, instead of a folder. */
  highWaterUrl: string | null;
  /** Folder in which programs of this user keep their state. */
  state: string;
  sites: string | null;
  vendors: z.output<typeof vendorEndpoints>;
  witnesses: WitnessSettings[];
  trustedProxies: Network[];
  /** Null: staff sign in with access keys alone. */
  openId: OpenIdSettings | null;
  /** Null: locations are unknown unless a proxy names them. */
  locationFile: LocationFile | null;
  /** Believed from trusted proxies only. */
  countryHeader: string | null;
  siteBudget: number;
  addressBudget: number;
  deadLetterDays: number;
  logLevel: "info" | "warn" | "error" | "silent";
}

/** The environment does not describe an installation; `message` names every wrong variable. */
export class EnvError extends Error {
  override name = "EnvError";
}

/**
 * Reads the settings.
 * @param env defaults to the process's own.
 * @throws {EnvError} naming variables and what they must be, never their values.
 */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const result = schema.safeParse(given);
  if (!result.success) {
    const problems = result.error.issues.map(
      (issue) => `${String(issue.path[0])} ${issue.message}`,
    );
    throw new EnvError([...new Set(problems)].join("; "));
  }
  const values = result.data;
  return {
    data: resolve(values.SOGLAS_DATA),
    host: values.SOGLAS_HOST,
    port: values.PORT,
    publicUrl: (values.SOGLAS_PUBLIC_URL ?? `http://localhost:${values.PORT}`).replace(/\/+$/, ""),
    database:
      values.SOGLAS_DATABASE_URL && values.SOGLAS_KEYS_URL
        ? { url: values.SOGLAS_DATABASE_URL, keysUrl: values.SOGLAS_KEYS_URL }
        : null,
    secret: values.SOGLAS_SECRET ?? null,
    highWaterUrl: values.SOGLAS_HIGHWATER_URL ?? null,
    highWater: values.SOGLAS_HIGHWATER === undefined ? null : resolve(values.SOGLAS_HIGHWATER),
    // The specification has relative paths ignored.
    state: isAbsolute(values.XDG_STATE_HOME ?? "")
      ? values.XDG_STATE_HOME!
      : join(homedir(), ".local/state"),
    sites: values.SOGLAS_SITES === undefined ? null : resolve(values.SOGLAS_SITES),
    vendors: values.SOGLAS_VENDORS,
    witnesses: values.SOGLAS_WITNESSES,
    openId: openIdSettings(values),
    trustedProxies: values.SOGLAS_TRUSTED_PROXIES,
    locationFile:
      values.SOGLAS_GEO_FILE === undefined
        ? null
        : { path: resolve(values.SOGLAS_GEO_FILE), detail: values.SOGLAS_GEO_DETAIL },
    countryHeader: values.SOGLAS_GEO_HEADER ?? null,
    siteBudget: values.SOGLAS_SITE_BUDGET,
    addressBudget: values.SOGLAS_ADDRESS_BUDGET,
    deadLetterDays: values.SOGLAS_DEAD_LETTER_DAYS,
    logLevel: values.SOGLAS_LOG_LEVEL,
  };
}
