import type { OpenIdRole } from "../../contract/openid.ts";

/** The provider staff sign in at, and what its claims mean here. */
export interface OpenIdSettings {
  /** As a URL parser writes it; https, or http on loopback. */
  issuer: string;
  clientId: string;
  /** The client's secret or the file that holds it; null for a public client, which has PKCE alone. */
  secret: { text: string } | { file: string } | null;
  /** Claim whose values are roles: a name, or names joined by dots for a claim inside another. */
  claim: string;
  /** Asked for, separated by spaces. */
  scope: string;
  /** What the button is called. */
  name: string | null;
  roles: OpenIdRole[];
}
