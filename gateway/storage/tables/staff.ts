/** Tables of staff/: keys, sessions and the audit trail. */
import type { Generated } from "kysely";
import type { Bytes } from "./bytes.ts";

export interface StaffTables {
  access_keys: {
    id: string;
    hash: Bytes;
    label: string;
    role: string;
    /** Null: every site. */
    site: string | null;
    created_at: number;
    expires_at: number | null;
    revoked_at: number | null;
  };
  sessions: {
    /** SHA-256 of the session cookie's value. */
    hash: Bytes;
    /** Of an access key, or of a person. */
    key_id: string;
    created_at: number;
    seen_at: number;
  };
  /** Who signed in through the OpenID provider, as it names them. */
  staff_people: {
    /** 16 hexadecimal digits, like those of an access key: what the audit trail names. */
    id: string;
    issuer: string;
    /** The person's number at the issuer, which never becomes another's. */
    subject: string;
    label: string;
    /** The value of a claim by which they have their role. */
    entitlement: string;
    signed_in_at: number;
  };
  /** Who read, exported or changed what. */
  staff_audit: {
    id: Generated<number>;
    at: number;
    /** Of an access key, or of a person. */
    key_id: string;
    /** The one site it was about; null when it was about none or several. */
    site: string | null;
    action: string;
    /** The filter as JSON: field names and values of our own vocabulary only. */
    detail: string;
    count: number;
  };
}
