/** Signing in through an OpenID provider: who may, as the installation's owner writes it. */
import { z } from "zod";
import { slug } from "./ids.ts";

/** `SOGLAS_OIDC_ROLES`: the first entry whose value a person's claim holds decides; without one there is no access. */
export const openIdRoles = z
  .array(
    z.strictObject({
      /** One value of the claim, such as a group's name. */
      value: z.string().min(1).max(200),
      role: z.enum(["owner", "compliance", "auditor"]),
      /** Every site when absent. */
      sites: z.array(slug).min(1).max(100).optional(),
    }),
  )
  .min(1)
  .max(200);

export type OpenIdRole = z.infer<typeof openIdRoles>[number];

/** `GET /v1/staff/sign-in`: which ways in there are beside access keys. */
export const waysIn = z.strictObject({
  /** What its button is called, or null for our own words. */
  openid: z.strictObject({ name: z.string().nullable() }).nullable(),
});

/** `POST /v1/staff/sign-in/openid`. */
export const signInBegin = z.strictObject({
  /** The provider asks who it is, also when it knows: for somebody who came as the wrong person. */
  again: z.boolean(),
});

/** Its answer: where to send the browser. */
export const signInStart = z.strictObject({ url: z.url() });

export type WaysIn = z.infer<typeof waysIn>;
export type SignInStart = z.infer<typeof signInStart>;
