/** Who may do what. Routes ask for a permission, never for a role, so that this table is the whole policy. */
import type { Role } from "../contract/staff/staff.ts";

export type Permission =
  /** Sign in to the console. */
  | "console:use"
  | "sites:read"
  /** Publish versions of a site. */
  | "sites:publish"
  | "records:read"
  /** Take records away as a file. */
  | "records:export"
  /** Erase a visitor's records. */
  | "records:erase"
  /** Keep a visitor's records from being erased, and let them go again. */
  | "records:hold"
  /** Read who read, exported or changed what. */
  | "audit:read"
  /** Make, list and revoke access keys. */
  | "keys:manage"
  /** Look at events that could not be delivered. */
  | "deliveries:read"
  /** Send them again, or throw them away. */
  | "deliveries:change"
  /** Send events from the owner's backend. */
  | "events:send";

const permissions: Record<Role, ReadonlySet<Permission>> = {
  owner: new Set([
    "console:use",
    "sites:read",
    "sites:publish",
    "records:read",
    "records:export",
    "records:erase",
    "records:hold",
    "audit:read",
    "keys:manage",
    "deliveries:read",
    "deliveries:change",
    "events:send",
  ]),
  compliance: new Set([
    "console:use",
    "sites:read",
    "records:read",
    "records:export",
    "records:erase",
    "records:hold",
    "audit:read",
    "deliveries:read",
    "deliveries:change",
  ]),
  auditor: new Set([
    "console:use",
    "sites:read",
    "records:read",
    "records:export",
    "audit:read",
    "deliveries:read",
  ]),
  backend: new Set(["events:send"]),
};

export const may = (role: Role, permission: Permission): boolean =>
  permissions[role].has(permission);
