import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decode, installationSecret, readOrCreateSecret } from "../../gateway/secret.ts";

describe("the installation secret", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "soglas-secret-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is made once, readable by its owner only, and found again", () => {
    const first = readOrCreateSecret(folder).derive("token");
    expect(statSync(join(folder, "secret")).mode & 0o777).toBe(0o600);
    expect(readOrCreateSecret(folder).derive("token")).toEqual(first);
  });

  it("gives every purpose and context a key of its own", () => {
    const secret = installationSecret(new Uint8Array(32).fill(7));
    const keys = [
      secret.derive("token"),
      secret.derive("subject-map"),
      secret.derive("pseudonym", "clinic"),
      secret.derive("pseudonym", "other"),
    ].map((key) => key.toString("hex"));
    expect(new Set(keys).size).toBe(4);
  });

  it("refuses a short secret instead of deriving from it, and leaves the file alone", () => {
    writeFileSync(join(folder, "secret"), "c2hvcnQ\n");
    expect(() => readOrCreateSecret(folder)).toThrow("32 bytes");
    expect(readFileSync(join(folder, "secret"), "utf8")).toBe("c2hvcnQ\n");
    const whole = Buffer.alloc(32, 7).toString("base64url");
    expect(decode(`${whole}\n`)).toEqual(Buffer.alloc(32, 7));
    for (const damaged of ["", whole.slice(1), `${whole}!`, `${whole}=`, whole.replace("B", "*")])
      expect(() => decode(damaged)).toThrow(RangeError);
  });
});
