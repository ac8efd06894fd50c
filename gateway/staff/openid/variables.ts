/** The variables `SOGLAS_OIDC_…`: the provider staff may sign in at. */
import { resolve } from "node:path";
import { z } from "zod";
import { openIdRoles } from "../../contract/openid.ts";
import { json, webAddress } from "../../variables.ts";
import type { OpenIdSettings } from "./settings.ts";

/** Whether nobody on the way can read what is sent there: over TLS, or not leaving the machine. */
const isPrivate = (text: string): boolean =>
  /^https:/i.test(text) || /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$)/i.test(text);

export const openIdVariables = {
  SOGLAS_OIDC_ISSUER: webAddress(/^https?$/, "https://id.example.com/realms/staff")
    .refine(isPrivate, { error: "must be an https address, or http on this very machine" })
    .refine((text) => !/[?#@]/.test(text), { error: "must have no query, fragment or password" })
    .transform((text) => new URL(text).href)
    .optional(),
  SOGLAS_OIDC_CLIENT_ID: z.string().max(200, "must have at most 200 characters").optional(),
  /** In the environment or in a file; neither for a public client. */
  SOGLAS_OIDC_CLIENT_SECRET: z.string().max(1000, "must have at most 1000 characters").optional(),
  SOGLAS_OIDC_CLIENT_SECRET_FILE: z.string().min(1).optional(),
  /** JSON: which values of the claim give which role. */
  SOGLAS_OIDC_ROLES: json
    .refine((value) => openIdRoles.safeParse(value).success, {
      error: 'must be a list such as [{"value":"soglas-owners","role":"owner"}]',
    })
    .pipe(openIdRoles)
    .optional(),
  SOGLAS_OIDC_CLAIM: z.string().max(200, "must have at most 200 characters").default("groups"),
  SOGLAS_OIDC_SCOPE: z
    .string()
    .regex(/^openid( [!#-[\]-~]+)*$/, "must begin with openid, words separated by one space")
    .default("openid email"),
  SOGLAS_OIDC_NAME: z.string().max(40, "must have at most 40 characters").optional(),
};

type Values = z.output<z.ZodObject<typeof openIdVariables>>;

/** Variables that say nothing without the issuer, the client id and the roles. */
const together = [
  "SOGLAS_OIDC_ISSUER",
  "SOGLAS_OIDC_CLIENT_ID",
  "SOGLAS_OIDC_ROLES",
  "SOGLAS_OIDC_CLIENT_SECRET",
  "SOGLAS_OIDC_CLIENT_SECRET_FILE",
  "SOGLAS_OIDC_NAME",
] as const;
const needed = together.slice(0, 3);

/** Reports variables that are missing, or exclude each other. */
export function checkOpenId(values: Values, context: z.core.$RefinementCtx<Values>): void {
  const given = together.find((name) => values[name] !== undefined);
  const missing = given === undefined ? [] : needed.filter((name) => values[name] === undefined);
  for (const name of missing)
    context.addIssue({ code: "custom", path: [name], message: `is needed with ${given}` });
  if (values.SOGLAS_OIDC_CLIENT_SECRET && values.SOGLAS_OIDC_CLIENT_SECRET_FILE)
    context.addIssue({
      code: "custom",
      path: ["SOGLAS_OIDC_CLIENT_SECRET_FILE"],
      message: "takes the place of SOGLAS_OIDC_CLIENT_SECRET: set one of them",
    });
}

/** @returns null when staff sign in with access keys alone */
export function openIdSettings(values: Values): OpenIdSettings | null {
  const {
    SOGLAS_OIDC_ISSUER: issuer,
    SOGLAS_OIDC_CLIENT_ID: clientId,
    SOGLAS_OIDC_CLIENT_SECRET: text,
    SOGLAS_OIDC_CLIENT_SECRET_FILE: file,
    SOGLAS_OIDC_ROLES: roles,
  } = values;
  if (issuer === undefined || clientId === undefined || roles === undefined) return null;
  // Read when the provider is met: whoever runs commands beside the server need not read it.
  const inFile = file === undefined ? null : { file: resolve(file) };
  return {
    issuer,
    clientId,
    roles,
    secret: text === undefined ? inFile : { text },
    claim: values.SOGLAS_OIDC_CLAIM,
    scope: values.SOGLAS_OIDC_SCOPE,
    name: values.SOGLAS_OIDC_NAME ?? null,
  };
}
