import { role as roleSchema } from "../contract/staff/staff.ts";
import type { AccessKeys, StoredKey } from "../staff/keys.ts";
import { UsageError, withGateway, type Command } from "./command.ts";

const day = 86_400_000;

/** Access keys of staff and of backends: made, listed and revoked by who has the machine. */
export const keysCommand: Command = {
  usage: "keys list | create --role R [--site S] [--label L] [--days N] | revoke <id>",
  purpose: "access keys: list, make, revoke",
  options: {
    role: { type: "string" },
    site: { type: "string" },
    label: { type: "string" },
    days: { type: "string" },
  },
  run([action, id], values, print) {
    switch (action) {
      case "list":
        return withGateway(async ({ staff }) => list(await staff.keys.list(), print));
      case "create":
        return withGateway(({ staff, clock, sites }) =>
          create(staff.keys, values, { now: clock.now(), sites, print }),
        );
      case "revoke":
        if (id === undefined) throw new UsageError("name the id of the key; `keys list` shows it");
        return withGateway(async ({ staff }) => revoke(staff.keys, id, print));
      default:
        throw new UsageError("say list, create or revoke");
    }
  },
};

function list(keys: StoredKey[], print: (line: string) => void): number {
  for (const key of keys) {
    const until =
      key.expiresAt === null ? "no end" : `until ${new Date(key.expiresAt).toISOString()}`;
    const state = key.revokedAt === null ? until : "revoked";
    print([key.id, key.role, key.site ?? "every site", state, key.label].join("\t"));
  }
  return 0;
}

interface CreateContext {
  now: number;
  sites: { effective(site: string): Promise<unknown> };
  print(line: string): void;
}

async function create(
  keys: AccessKeys,
  values: Record<string, unknown>,
  { now, sites, print }: CreateContext,
): Promise<number> {
  const role = roleSchema.safeParse(values["role"]);
  if (!role.success) throw new UsageError(`--role is one of ${roleSchema.options.join(", ")}`);
  const site = typeof values["site"] === "string" ? values["site"] : null;
  if (site !== null && !(await sites.effective(site)))
    throw new UsageError("--site names a site that was never published here");
  if (role.data === "backend" && site === null)
    throw new UsageError("--role backend needs --site: a backend sends events of one site");
  const days = values["days"] === undefined ? null : Number(values["days"]);
  if (days !== null && !(Number.isInteger(days) && days > 0 && days <= 3650))
    throw new UsageError("--days is a whole number from 1 to 3650");
  const label = typeof values["label"] === "string" ? values["label"].slice(0, 100) : role.data;
  const expiresAt = days === null ? null : now + days * day;
  const { key } = await keys.create({ label, role: role.data, site, expiresAt });
  print(`${key}   (shown this once; keep it)`);
  return 0;
}

async function revoke(
  keys: AccessKeys,
  id: string,
  print: (line: string) => void,
): Promise<number> {
  const revoked = await keys.revoke(id);
  print(revoked ? "revoked; its sessions have ended" : "there is no such key that still counts");
  return revoked ? 0 : 1;
}
