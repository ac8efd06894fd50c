import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { consentId, displayConsentId, parseConsentId } from "../../gateway/log/consent-id.ts";
import { randomId } from "./installation.ts";

describe("consent id", () => {
  it("is the same for the same site and secret only", () => {
    const secret = randomId();
    expect(consentId("clinic", secret)).toBe(consentId("clinic", secret));
    expect(consentId("clinic-eu", secret)).not.toBe(consentId("clinic", secret));
    expect(consentId("clinic", randomId())).not.toBe(consentId("clinic", secret));
  });

  it("is understood as it is shown, however it is typed", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (secret) => {
        const id = consentId("clinic", Buffer.from(secret).toString("base64url"));
        const shown = displayConsentId(id);
        expect(shown).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
        const heard = shown
          .toLowerCase()
          .replaceAll("1", "l")
          .replaceAll("0", "o")
          .replaceAll("-", " ");
        for (const typed of [id, shown, ` ${shown}\n`, heard])
          expect(parseConsentId(typed)).toBe(id);
      }),
    );
  });

  it("is nothing else than that", () => {
    for (const text of [
      "",
      "7Q2M",
      "7Q2M-XK4D-9F3A-P0ZU",
      "7Q2M-XK4D-9F3A-P0ZTT",
      "7Q2M_XK4D_9F3A_P0ZT",
    ])
      expect(parseConsentId(text)).toBeNull();
  });
});
