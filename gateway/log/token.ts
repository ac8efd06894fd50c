/**
 * The event token: what the gateway lets a page prove about its visitor's consent, without an id the
 * page could read. AES-256-GCM over a fixed binary layout, bound to the site as additional data, so a
 * token replayed for another site does not open. docs/http-api.md describes its life; the layout is
 * nobody else's business.
 */
import { createCipheriv, createDecipheriv, createHmac, createSecretKey } from "node:crypto";
import type { Jurisdiction } from "../contract/site.ts";
import { randomStock } from "../random.ts";
import type { InstallationSecret } from "../secret.ts";

export interface TokenClaims {
  site: string;
  /**
   * Subject reference, 16 bytes. Of a token without a subject: random, another each time it is opened, so
   * that only the events of one request can be told to be of one visitor.
   */
  subject: Uint8Array;
  /**
   * The opt-out profile that a token of nobody is for; absent in one of a decision. Such a token is the same
   * text for every visitor of a site and configuration, so that it is no id either.
   */
  profile?: OptOut;
  /** Hash of the configuration the decision was made under, 43 characters. */
  config: string;
  /** Row id and index of the decision relied on; of a token of nobody, of the logged configuration. */
  log: number;
  index: number;
  /** Ids of the services granted. */
  services: string[];
  /** Unix seconds; at most 30 days ahead. */
  expires: number;
}

type OptOut = Extract<Jurisdiction, "us" | "none">;

export type TokenErrorCode = "bad_token" | "expired_token";

/** A token is forged, foreign, damaged, or too old. */
export class TokenError extends Error {
  readonly code: TokenErrorCode;
  constructor(code: TokenErrorCode) {
    super(code);
    this.name = "TokenError";
    this.code = code;
  }
}

/** Longest life of a token, seconds: a page that keeps one must come back for another. */
export const tokenLife = 30 * 86_400;

/** First byte: what kind of token it is. */
const kinds = { decision: 1, us: 2, none: 3 } as const;
const nonceLength = 12;
const tagLength = 16;

export interface Tokens {
  seal(claims: TokenClaims): string;
  /** @throws {TokenError} whenever it is not exactly a token of this installation for this site. */
  open(site: string, token: string, nowSeconds: number): TokenClaims;
}

export function tokens(secret: InstallationSecret): Tokens {
  const key = createSecretKey(secret.derive("token"));
  const nonceKey = createSecretKey(secret.derive("token-nonce"));
  const random = randomStock();

  /** Of what is the same for everybody, so that no two texts share one. */
  const commonNonce = (kind: number, site: string, plain: Buffer) =>
    createHmac("sha256", nonceKey)
      .update(associatedData(kind, site))
      .update("\0")
      .update(plain)
      .digest()
      .subarray(0, nonceLength);

  return {
    seal(claims) {
      const { site, profile } = claims;
      const kind = kinds[profile ?? "decision"];
      const plain = encode(profile ? { ...claims, subject: nobody } : claims);
      const nonce = profile ? commonNonce(kind, site, plain) : random(nonceLength);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      cipher.setAAD(associatedData(kind, site));
      const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([Uint8Array.of(kind), nonce, sealed, cipher.getAuthTag()]).toString(
        "base64url",
      );
    },
    open(site, token, nowSeconds) {
      const bytes = Buffer.from(token, "base64url");
      const kind = bytes[0] ?? 0;
      if (
        bytes.length < 1 + nonceLength + tagLength ||
        !Object.values<number>(kinds).includes(kind)
      )
        throw new TokenError("bad_token");
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(1, 1 + nonceLength), {
        authTagLength: tagLength,
      });
      decipher.setAAD(associatedData(kind, site));
      decipher.setAuthTag(bytes.subarray(bytes.length - tagLength));
      let plain: Buffer;
      try {
        plain = Buffer.concat([
          decipher.update(bytes.subarray(1 + nonceLength, bytes.length - tagLength)),
          decipher.final(),
        ]);
      } catch {
        throw new TokenError("bad_token");
      }
      const claims = decodeClaims(site, plain);
      if (claims.expires <= nowSeconds) throw new TokenError("expired_token");
      if (kind === kinds.decision) return claims;
      const profile = kind === kinds.us ? "us" : "none";
      return { ...claims, profile, subject: Uint8Array.from(random(16)) };
    },
  };
}

const nobody = new Uint8Array(16);

function associatedData(kind: number, site: string): Buffer {
  return Buffer.from(`soglas/token/v${kind}\0${site}`);
}

/** subject[16] config[32] log[4] index[6] expires[5] services (comma-separated). */
const fixedLength = 16 + 32 + 4 + 6 + 5;

function encode(claims: TokenClaims): Buffer {
  const fixed = Buffer.alloc(fixedLength);
  fixed.set(claims.subject, 0);
  fixed.set(Buffer.from(claims.config, "base64url"), 16);
  fixed.writeUInt32BE(claims.log, 48);
  fixed.writeUIntBE(claims.index, 52, 6);
  fixed.writeUIntBE(claims.expires, 58, 5);
  return Buffer.concat([fixed, Buffer.from(claims.services.join(","))]);
}

function decodeClaims(site: string, plain: Buffer): TokenClaims {
  const services = plain.toString("utf8", fixedLength);
  return {
    site,
    subject: Uint8Array.from(plain.subarray(0, 16)),
    config: plain.toString("base64url", 16, 48),
    log: plain.readUInt32BE(48),
    index: plain.readUIntBE(52, 6),
    expires: plain.readUIntBE(58, 5),
    services: services === "" ? [] : services.split(","),
  };
}
