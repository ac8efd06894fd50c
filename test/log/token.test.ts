import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tokens, TokenError, type TokenClaims } from "../../gateway/log/token.ts";
import { installationSecret } from "../../gateway/secret.ts";

const now = 1_777_885_200;
const ours = tokens(installationSecret(Buffer.alloc(32, 1)));

const claims: TokenClaims = {
  site: "clinic",
  subject: Uint8Array.from({ length: 16 }, (_, i) => i),
  config: "q9E9JgvNWsd50qWrsfnWz1bOrW_8H_gCiZde1ZzM27k",
  log: 3,
  index: 2 ** 40 + 1,
  services: ["ga4", "metrika"],
  expires: now + 86_400,
};

const failure = (open: () => unknown): string => {
  try {
    open();
  } catch (error) {
    if (error instanceof TokenError) return error.code;
    throw error;
  }
  return "opened";
};

describe("event token", () => {
  it("opens to the claims it was made of", () => {
    expect(ours.open("clinic", ours.seal(claims), now)).toEqual(claims);
    expect(ours.open("clinic", ours.seal({ ...claims, services: [] }), now).services).toEqual([]);
  });

  it("opens to any claims it was made of, and differs every time", () => {
    const slug = fc.stringMatching(/^[a-z][a-z0-9-]{0,31}$/);
    fc.assert(
      fc.property(
        slug,
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.nat(2 ** 32 - 1),
        fc.nat(2 ** 48 - 1),
        fc.array(slug, { maxLength: 64 }),
        (site, subject, config, log, index, services) => {
          const made = {
            site,
            subject,
            config: Buffer.from(config).toString("base64url"),
            log,
            index,
            services,
          };
          const any: TokenClaims = { ...made, expires: now + 1 };
          const token = ours.seal(any);
          expect(ours.open(site, token, now)).toEqual(any);
          expect(ours.seal(any)).not.toBe(token);
        },
      ),
    );
  });

  it("does not show what is in it", () => {
    const token = ours.seal(claims);
    const bytes = Buffer.from(token, "base64url");
    for (const trace of [
      "metrika",
      Buffer.from(claims.subject),
      Buffer.from(claims.config, "base64url"),
    ])
      expect(bytes.indexOf(trace)).toBe(-1);
  });

  it("opens until it expires, and not in that second", () => {
    const token = ours.seal(claims);
    expect(failure(() => ours.open("clinic", token, claims.expires - 1))).toBe("opened");
    expect(failure(() => ours.open("clinic", token, claims.expires))).toBe("expired_token");
  });

  it("does not open for another site or another installation", () => {
    const token = ours.seal(claims);
    const theirs = tokens(installationSecret(Buffer.alloc(32, 2)));
    expect(failure(() => ours.open("clinic-eu", token, now))).toBe("bad_token");
    expect(failure(() => theirs.open("clinic", token, now))).toBe("bad_token");
  });

  it("does not open with any bit flipped", () => {
    const bytes = Buffer.from(ours.seal(claims), "base64url");
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const flipped = Buffer.from(bytes);
        flipped[bit >> 3]! ^= 1 << (bit & 7);
        expect(failure(() => ours.open("clinic", flipped.toString("base64url"), now))).toBe(
          "bad_token",
        );
      }),
      { numRuns: 500 },
    );
  });

  it("does not open cut short or lengthened", () => {
    const bytes = Buffer.from(ours.seal(claims), "base64url");
    for (let length = 0; length < bytes.length; length++) {
      const cut = bytes.subarray(0, length).toString("base64url");
      expect(failure(() => ours.open("clinic", cut, now))).toBe("bad_token");
    }
    const longer = Buffer.concat([bytes, Buffer.alloc(1)]).toString("base64url");
    expect(failure(() => ours.open("clinic", longer, now))).toBe("bad_token");
  });

  it("does not open from any text, and fails in no other way", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.base64String(), fc.uint8Array({ maxLength: 300 })),
        (input) => {
          const token =
            typeof input === "string" ? input : Buffer.from(input).toString("base64url");
          expect(failure(() => ours.open("clinic", token, now))).toBe("bad_token");
        },
      ),
    );
    const forged = Buffer.concat([Uint8Array.of(1), randomBytes(150)]).toString("base64url");
    expect(failure(() => ours.open("clinic", forged, now))).toBe("bad_token");
  });

  it("of nobody is one text for everybody, and another number at every opening", () => {
    const nobody: TokenClaims = { ...claims, profile: "us" };
    const token = ours.seal(nobody);
    expect(ours.seal({ ...nobody, subject: new Uint8Array(16).fill(7) })).toBe(token);
    expect(ours.seal({ ...nobody, profile: "none" })).not.toBe(token);
    const [first, second] = [ours.open("clinic", token, now), ours.open("clinic", token, now)];
    expect(first).toEqual({ ...nobody, subject: expect.any(Uint8Array) as Uint8Array });
    expect(first.subject).not.toEqual(second.subject);
  });

  it("cannot be made one of nobody, nor the reverse, by its first byte", () => {
    const kinds = [
      claims,
      { ...claims, profile: "us" as const },
      { ...claims, profile: "none" as const },
    ];
    for (const [index, each] of kinds.entries())
      for (const kind of [0, 1, 2, 3, 4].filter((other) => other !== index + 1)) {
        const bytes = Buffer.from(ours.seal(each), "base64url");
        bytes[0] = kind;
        const forged = bytes.toString("base64url");
        expect(failure(() => ours.open("clinic", forged, now))).toBe("bad_token");
      }
  });
});
