import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EnvError, readSettings } from "../../gateway/env.ts";
import { signer } from "../verify/reference/note.ts";

/** As few variables as name an OpenID provider. */
const openId = {
  SOGLAS_OIDC_ISSUER: "https://id.example/realms/staff",
  SOGLAS_OIDC_CLIENT_ID: "soglas",
  SOGLAS_OIDC_ROLES: '[{"value":"privacy","role":"compliance","sites":["clinic"]}]',
};

describe("settings from the environment", () => {
  it("needs nothing", () => {
    const settings = readSettings({});
    expect(settings).toMatchObject({
      host: "127.0.0.1",
      port: 8787,
      publicUrl: "http://localhost:8787",
      database: null,
    });
    expect(settings.vendors.metrika).toMatchObject({ collect: "https://mc.yandex.ru/collect" });
  });

  it("keeps a path prefix and drops a trailing slash of the public URL", () => {
    const settings = readSettings({ SOGLAS_PUBLIC_URL: "https://www.example.com/consent/" });
    expect(settings.publicUrl).toBe("https://www.example.com/consent");
  });

  it("lets one vendor address be moved and keeps the others", () => {
    const vendors = JSON.stringify({ ga4: { collect: "http://127.0.0.1:9/g/collect" } });
    const settings = readSettings({ SOGLAS_VENDORS: vendors });
    expect(settings.vendors.ga4).toMatchObject({
      collect: "http://127.0.0.1:9/g/collect",
      script: "https://www.googletagmanager.com/gtag/js",
    });
  });

  it("keeps high-water marks in a folder of its own, or with the user's programs", () => {
    expect(readSettings({ SOGLAS_HIGHWATER: "/mnt/marks" }).highWater).toBe("/mnt/marks");
    const settings = readSettings({ XDG_STATE_HOME: "/home/soglas/state" });
    expect(settings).toMatchObject({ highWater: null, state: "/home/soglas/state" });
    for (const env of [{}, { XDG_STATE_HOME: "state" }])
      expect(readSettings(env).state).toBe(join(homedir(), ".local/state"));
  });

  it("keeps the marks of replicas in a database that is none of the others", () => {
    const [main, keys, marks] = ["main", "keys", "marks"].map((name) => `postgres://db/${name}`);
    const both = { SOGLAS_DATABASE_URL: main, SOGLAS_KEYS_URL: keys };
    expect(readSettings({ ...both, SOGLAS_HIGHWATER_URL: marks }).highWaterUrl).toBe(marks);
    expect(readSettings(both).highWaterUrl).toBeNull();
    for (const wrong of [
      { ...both, SOGLAS_HIGHWATER_URL: main },
      { ...both, SOGLAS_HIGHWATER_URL: keys },
      { SOGLAS_HIGHWATER_URL: marks, SOGLAS_HIGHWATER: "/mnt/marks" },
      { SOGLAS_HIGHWATER_URL: "https://store.example" },
    ])
      expect(() => readSettings(wrong)).toThrow("SOGLAS_HIGHWATER_URL");
  });

  it("takes witnesses, each with a key of its own", () => {
    const { verifierKey: key } = signer("witness.example/w1", 4, "witness");
    const witness = { url: "https://witness.example", key, operator: "E", relation: "own" };
    const read = (...list: object[]) => readSettings({ SOGLAS_WITNESSES: JSON.stringify(list) });
    expect(read(witness).witnesses).toEqual([witness]);
    expect(readSettings({}).witnesses).toEqual([]);
    const log = signer("witness.example/w1", 1, "witness").verifierKey;
    for (const [wrong, words] of [
      [{ ...witness, key: log }, "not the verifier key of a witness"],
      [{ ...witness, key: key.replace("w1", "w2") }, "not the verifier key of a witness"],
      [{ ...witness, url: "https://user:hunter2@witness.example" }, "needs as `url`"],
      [{ ...witness, relation: "friend" }, "either independent or own"],
      [{ ...witness, operator: " " }, "who runs the witness"],
      [{ ...witness, hunter2: 1 }, "and nothing else"],
    ] as const) {
      expect(() => read(wrong)).toThrow(words);
      expect(() => read(wrong)).toThrow(expect.not.stringContaining("hunter2"));
    }
    expect(() => read(witness, { ...witness, url: "https://w2.example" })).toThrow("one key twice");
  });

  it("knows an OpenID provider by its issuer, over TLS or on this machine", () => {
    expect(readSettings({}).openId).toBeNull();
    expect(readSettings(openId).openId).toEqual({
      issuer: "https://id.example/realms/staff",
      clientId: "soglas",
      secret: null,
      claim: "groups",
      scope: "openid email",
      name: null,
      roles: [{ value: "privacy", role: "compliance", sites: ["clinic"] }],
    });
    for (const issuer of ["http://localhost:9000", "http://127.0.0.1/", "http://[::1]:9000"])
      expect(
        readSettings({
          ...openId,
          SOGLAS_OIDC_ISSUER: issuer,
          SOGLAS_OIDC_CLIENT_SECRET_FILE: "/run/secrets/oidc",
        }).openId,
      ).toMatchObject({ issuer: new URL(issuer).href, secret: { file: "/run/secrets/oidc" } });
  });

  it("reads an empty variable as absent", () => {
    expect(readSettings({ PORT: "", SOGLAS_DATA: "" }).port).toBe(8787);
  });

  it.each([
    [{ PORT: "http" }, "PORT"],
    [{ PORT: "70000" }, "PORT"],
    [{ SOGLAS_PUBLIC_URL: "ftp://x" }, "SOGLAS_PUBLIC_URL"],
    [{ SOGLAS_PUBLIC_URL: "http://u:p@localhost/a" }, "SOGLAS_PUBLIC_URL"],
    [{ SOGLAS_PUBLIC_URL: "http://localhost/a?x=1" }, "SOGLAS_PUBLIC_URL"],
    [{ SOGLAS_PUBLIC_URL: "http://localhost/a b" }, "SOGLAS_PUBLIC_URL"],
    [{ SOGLAS_VENDORS: "{" }, "SOGLAS_VENDORS"],
    [{ SOGLAS_TRUSTED_PROXIES: "10.0.0.0/8,proxy" }, "SOGLAS_TRUSTED_PROXIES"],
    [{ SOGLAS_GEO_DETAIL: "city" }, "SOGLAS_GEO_DETAIL"],
    [{ SOGLAS_GEO_HEADER: "CF-IPCountry" }, "SOGLAS_TRUSTED_PROXIES"],
    [
      { SOGLAS_GEO_HEADER: "CF IPCountry", SOGLAS_TRUSTED_PROXIES: "10.0.0.0/8" },
      "SOGLAS_GEO_HEADER",
    ],
    [{ SOGLAS_VENDORS: '{"unknown":{}}' }, "SOGLAS_VENDORS"],
    [{ SOGLAS_OIDC_ISSUER: "https://id.example" }, "SOGLAS_OIDC_CLIENT_ID"],
    [{ SOGLAS_OIDC_CLIENT_SECRET: "hunter2" }, "SOGLAS_OIDC_ISSUER"],
    [{ ...openId, SOGLAS_OIDC_ISSUER: "http://id.example" }, "SOGLAS_OIDC_ISSUER"],
    [{ ...openId, SOGLAS_OIDC_ISSUER: "http://localhost.id.example" }, "SOGLAS_OIDC_ISSUER"],
    [{ ...openId, SOGLAS_OIDC_ISSUER: "http://localhost:1@id.example" }, "SOGLAS_OIDC_ISSUER"],
    [{ ...openId, SOGLAS_OIDC_ISSUER: "https://id.example?x" }, "SOGLAS_OIDC_ISSUER"],
    [{ ...openId, SOGLAS_OIDC_SCOPE: "email" }, "SOGLAS_OIDC_SCOPE"],
    [{ ...openId, SOGLAS_OIDC_ROLES: "[]" }, "SOGLAS_OIDC_ROLES"],
    [
      { ...openId, SOGLAS_OIDC_ROLES: '[{"value":"a","role":"backend"}]' },
      "SOGLAS_OIDC_ROLES must be a list such as",
    ],
    [
      { ...openId, SOGLAS_OIDC_CLIENT_SECRET: "a", SOGLAS_OIDC_CLIENT_SECRET_FILE: "b" },
      "SOGLAS_OIDC_CLIENT_SECRET_FILE",
    ],
    [{ SOGLAS_DATABASE_URL: "postgres://127.0.0.1/a" }, "SOGLAS_KEYS_URL"],
    [
      { SOGLAS_DATABASE_URL: "postgres://127.0.0.1/a", SOGLAS_KEYS_URL: "postgres://127.0.0.1/a" },
      "SOGLAS_KEYS_URL",
    ],
  ])("names the wrong variable of %j", (env, name) => {
    expect(() => readSettings(env)).toThrow(EnvError);
    expect(() => readSettings(env)).toThrow(name);
  });

  it("never repeats a value: it may be a password", () => {
    const env = {
      SOGLAS_DATABASE_URL: "mysql://user:hunter2@127.0.0.1/a",
      SOGLAS_KEYS_URL: "hunter2",
    };
    expect(() => readSettings(env)).toThrow(expect.not.stringContaining("hunter2"));
  });
});
