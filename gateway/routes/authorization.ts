/** What an `Authorization` header may hold here: a visitor's secret, or a staff member's access key. */
import type { Context } from "hono";
import { id128 } from "../contract/ids.ts";
import type { Holder } from "../staff/keys.ts";
import type { Permission } from "../staff/roles.ts";
import type { Staff } from "../staff/staff.ts";
import { HttpError, type HttpEnv } from "./http.ts";
import { bearerHolder, coversSite, requirePermission } from "./staff/access.ts";

/**
 * The subject's secret of `Authorization: Subject <secret>`.
 * @returns null for any other form.
 */
export function subjectSecret(c: Context<HttpEnv>): string | null {
  const [, secret] = /^Subject (\S{22})$/i.exec(c.req.header("authorization") ?? "") ?? [];
  return secret !== undefined && id128.safeParse(secret).success ? secret : null;
}

/**
 * Who holds the key of `Authorization: Bearer <key>`, if it may do this for this site.
 * @throws {HttpError} `unauthorized`, `forbidden`, `rate_limited`
 */
export async function siteHolder(
  c: Context<HttpEnv>,
  staff: Staff,
  permission: Permission,
  site: string,
): Promise<Holder> {
  const holder = await bearerHolder(c, staff);
  if (!holder) {
    c.header("WWW-Authenticate", 'Bearer realm="soglas"');
    throw new HttpError(
      "unauthorized",
      "The Authorization header holds nothing that counts here: mistyped, expired or revoked.",
    );
  }
  requirePermission(holder, permission);
  if (!coversSite(holder, site))
    throw new HttpError("forbidden", "This access key is not for this site.");
  return holder;
}

/** {@link siteHolder} for whoever may read records. */
export const recordReader = (c: Context<HttpEnv>, staff: Staff, site: string): Promise<Holder> =>
  siteHolder(c, staff, "records:read", site);
