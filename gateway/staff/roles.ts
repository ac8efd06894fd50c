/** Who may do what. Routes ask for a permission, never for a role, so that this table is the whole policy. */
import type { Role } from "../contract/staff.ts";

export type Permission =
  /** Sign in to the console. */
  | "console:use"
  | "sites:read"
  | "records:read"
  /** Erase a visitor's records. */
  | "records:erase"
  /** Keep a visitor's records from being erased, and let them go again. */
  | "records:hold"
  /** Send events from the owner's backend. */
  | "events:send";

const permissions: Record<Role, ReadonlySet<Permission>> = {
  owner: new Set([
    "console:use",
    "sites:read",
    "records:read",
    "records:erase",
    "records:hold",
    "events:send",
  ]),
  compliance: new Set([
    "console:use",
    "sites:read",
    "records:read",
    "records:erase",
    "records:hold",
  ]),
  auditor: new Set(["console:use", "sites:read", "records:read"]),
  backend: new Set(["events:send"]),
};

export const may = (role: Role, permission: Permission): boolean =>
  permissions[role].has(permission);
