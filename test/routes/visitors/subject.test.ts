import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { errorEnvelope } from "../../../gateway/contract/errors.ts";
import { erasureAnswer, subjectAnswer } from "../../../gateway/contract/subject.ts";
import { consentId } from "../../../gateway/log/consent-id.ts";
import { clinicOrigin, decide, grant, newId, withdrawalOf } from "../../gateway/decisions.ts";
import { openInstallation, type Installation } from "../../gateway/installation.ts";

let installation: Installation;
let config: string;
beforeAll(async () => {
  installation = await openInstallation();
  config = (await installation.gateway.sites.effective("clinic"))!.hash;
});
afterAll(() => installation.close());

const path = "/v1/sites/clinic/subject";
const ask = async (method: string, secret: string | null, headers: Record<string, string> = {}) =>
  installation.app.request(path, {
    method,
    headers: {
      Origin: clinicOrigin,
      ...(secret !== null && { Authorization: `Subject ${secret}` }),
      ...headers,
    },
  });

async function problem(response: Response) {
  const { error } = errorEnvelope.parse(await response.json());
  return { status: response.status, code: error.code, message: error.message };
}

describe("a visitor with the secret", () => {
  it("reads every record of their own, the oldest first", async () => {
    const first = grant(config, { page: "/prices" });
    const second = withdrawalOf(first);
    const placed = [await decide(installation, first), await decide(installation, second)];
    await decide(installation, grant(config));
    const response = await ask("GET", first.secret);
    expect(response.status).toBe(200);
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe(clinicOrigin);
    const answer = subjectAnswer.parse(await response.json());
    expect(answer).toEqual({
      consentId: consentId("clinic", first.secret).replace(/.{4}(?=.)/g, "$&-"),
      records: [first, second].map(({ action, purposes, services, page }, i) => ({
        ...placed[i]!.record,
        action,
        purposes,
        services,
        config,
        page,
      })),
    });
  });

  it("erases them: nothing is found afterwards, by secret or record id", async () => {
    const body = grant(config);
    const other = grant(config);
    await decide(installation, body);
    await decide(installation, other);
    const response = await ask("DELETE", body.secret);
    expect(response.status).toBe(200);
    expect(erasureAnswer.parse(await response.json())).toEqual({ residue: "gone" });
    const [again, read, unknown] = [
      await ask("DELETE", body.secret),
      await ask("GET", body.secret),
      await ask("GET", newId()),
    ];
    const gone = await problem(again);
    expect(gone).toMatchObject({ status: 404, code: "not_found" });
    expect([await problem(read), await problem(unknown)]).toEqual([gone, gone]);
    await expect(decide(installation, body)).rejects.toThrow("410");
    expect((await ask("GET", other.secret)).status).toBe(200);
  });

  it("of one site is nobody on another", async () => {
    const body = grant(config);
    await decide(installation, body);
    const response = await installation.app.request("/v1/sites/clinic-eu/subject", {
      method: "DELETE",
      headers: { Origin: "https://www.clinic-eu.test", Authorization: `Subject ${body.secret}` },
    });
    expect(response.status).toBe(404);
    expect((await ask("GET", body.secret)).status).toBe(200);
  });

  it("is told when the records are held", async () => {
    const body = grant(config);
    await decide(installation, body);
    await installation.gateway.erasures.holds.set(
      { site: "clinic", consentId: consentId("clinic", body.secret) },
      { reason: "case 7 of the district court", keyId: "k" },
    );
    const held = await problem(await ask("DELETE", body.secret));
    expect(held).toMatchObject({ status: 409, code: "legal_hold" });
    expect(held.message).not.toContain("district");
    expect((await ask("GET", body.secret)).status).toBe(200);
  });
});

describe("whoever shows no secret", () => {
  it.each([
    ["no header", {}],
    ["another scheme", { Authorization: `Bearer ${newId()}` }],
    ["a shorter text", { Authorization: "Subject abc" }],
    ["other characters", { Authorization: `Subject ${"!".repeat(22)}` }],
    ["two secrets", { Authorization: `Subject ${newId()} ${newId()}` }],
  ])("is refused: %s", async (_, headers) => {
    for (const method of ["GET", "DELETE"]) {
      const response = await ask(method, null, headers as Record<string, string>);
      expect(response.headers.get("WWW-Authenticate")).toBe('Subject realm="soglas"');
      expect(await problem(response)).toMatchObject({ status: 401, code: "unauthorized" });
    }
  });
});

describe("a page's preflight", () => {
  const preflight = (origin: string) =>
    installation.app.request(path, {
      method: "OPTIONS",
      headers: {
        Origin: origin,
        "Access-Control-Request-Method": "DELETE",
        "Access-Control-Request-Headers": "authorization",
      },
    });

  it("from a page of the site allows the header and both methods", async () => {
    const response = await preflight(clinicOrigin);
    expect(response.status).toBe(204);
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe(clinicOrigin);
    expect(response.headers.get("Access-Control-Allow-Methods")).toBe("GET, DELETE");
    expect(response.headers.get("Access-Control-Allow-Headers")).toBe("Authorization");
    expect(response.headers.get("Access-Control-Allow-Credentials")).toBeNull();
  });

  it("from anywhere else is refused, and so is the request itself", async () => {
    const body = grant(config);
    await decide(installation, body);
    for (const origin of ["https://evil.example", "null"]) {
      const response = await preflight(origin);
      expect(response.status).toBe(403);
      expect(response.headers.get("Access-Control-Allow-Origin")).toBeNull();
      expect((await ask("DELETE", body.secret, { Origin: origin })).status).toBe(403);
    }
    expect((await ask("GET", body.secret)).status).toBe(200);
  });
});

it("a secret leaves no trace in the gateway's log or in an answer", async () => {
  const body = grant(config);
  await decide(installation, body);
  const answers = [
    await (await ask("GET", body.secret)).text(),
    await (await ask("DELETE", body.secret)).text(),
    await (await ask("GET", body.secret)).text(),
  ];
  for (const text of [...answers, ...installation.logged]) expect(text).not.toContain(body.secret);
});
