/** Routes and their description hold each other. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { openInstallation, type Installation } from "../../gateway/installation.ts";

let installation: Installation;
beforeAll(async () => {
  installation = await openInstallation();
});
afterAll(() => installation.close());

/** Scripts and pages, which are for browsers and people: no program asks for them by this document. */
const pages = /^\/(s|w|p|console|verify|reference)(\/|$)/;

async function documented() {
  const response = await installation.app.request("/openapi.json");
  expect(response.status).toBe(200);
  return (await response.json()) as {
    openapi: string;
    paths: Record<string, Record<string, { responses: object; requestBody?: object }>>;
  };
}

test("every route is described, and everything described is a route", async () => {
  const { openapi, paths } = await documented();
  expect(openapi).toBe("3.1.0");
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const registered = installation.app.routes
    .filter(({ method, path }) => !["ALL", "OPTIONS"].includes(method) && !pages.test(path))
    .map(
      ({ method, path }) =>
        `${method} ${path.replace(/:(\w+)(\{(?:[^{}]|\{[^{}]*\})*\})?/g, "{$1}")}`,
    );
  expect(described.toSorted()).toEqual([...new Set(registered)].toSorted());
});

test("bodies and answers have their schemas, errors the envelope's", async () => {
  const { paths } = await documented();
  const consents = paths["/v1/sites/{site}/consents"]!["post"]!;
  expect(JSON.stringify(consents.requestBody)).toContain('"offered"');
  const text = JSON.stringify(consents.responses);
  for (const word of ["201", "409", "requestId", "token"]) expect(text).toContain(word);
  const search = JSON.stringify(paths["/v1/staff/records"]!["get"]);
  for (const name of ["consentId", "untilTo", "purposeState", "browser"])
    expect(search).toContain(`"${name}"`);
});

test("the reference page says the same, and loads nothing", async () => {
  const response = await installation.app.request("/reference");
  expect(response.headers.get("Content-Security-Policy")).toMatch(
    /^default-src 'none'; style-src 'sha256-/,
  );
  const page = await response.text();
  const { paths } = await documented();
  for (const path of Object.keys(paths)) expect(page).toContain(`<code>${path}</code>`);
  expect(page).not.toMatch(/<script|src=|@import|url\(/);
});
