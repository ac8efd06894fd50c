/** Choosing without scripts, as a browser's plain form does it. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { openInstallation, type Installation } from "../gateway/installation.ts";

/** The clinic's own host, a path of which leads to the gateway. */
const home = "https://www.clinic.test";
const page = `${home}/consent/p/clinic/choices`;

let own: Installation;
let other: Installation;
beforeAll(async () => {
  own = await openInstallation({ publicUrl: `${home}/consent`, widgetBuild: "dist/widget" });
  other = await openInstallation({ sites: ["clinic-eu"], widgetBuild: "dist/widget" });
});
afterAll(() => Promise.all([own.close(), other.close()]));

interface Sent {
  cookie?: string;
  origin?: string | null;
  change?: (form: URLSearchParams) => void;
}

/** Opens the page and sends its form. */
async function send(control: string, granted: string[], options: Sent = {}) {
  const { cookie = "", origin = home, change } = options;
  const shown = await own.app.request(`${page}?lang=en`, { headers: { Cookie: cookie } });
  const text = await shown.text();
  const form = new URLSearchParams(
    [...text.matchAll(/type="hidden"\s+name="(\w+)"\s+value="([^"]*)"/g)].map(
      ([, name, value]): [string, string] => [name!, value!],
    ),
  );
  for (const id of granted) form.append("granted", id);
  form.set("control", control);
  change?.(form);
  const post = () =>
    own.app.request(`${page}?lang=en`, {
      method: "POST",
      body: form.toString(),
      headers: {
        "Content-Type": "application/x-www-form-urlencoded",
        Cookie: cookie,
        ...(origin !== null && { Origin: origin }),
      },
    });
  const answer = await post();
  const set = answer.headers.get("set-cookie");
  return { answer, set, kept: set?.split(";")[0] ?? "", id: form.get("record")!, post, text };
}

const record = async (id: string) => (await own.gateway.records.record("clinic", id))!.decision;

it("a choice becomes a record like any other, and the widget's own cookie", async () => {
  const { answer, set, kept, id } = await send("save", ["metrika"]);
  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")).toBe(`?lang=en&saved=${id}`);
  expect(set).toMatch(
    /^soglas=1\.[\w-]{22}\.1\.\w+\.\w+\.[\w-]{8}; Path=\/; Max-Age=31536000; SameSite=Lax; Secure$/,
  );
  expect(await record(id)).toMatchObject({
    action: "first",
    place: "page",
    control: "save",
    theme: null,
    viewport: null,
    origin: home,
    language: "en",
    purposes: { analytics: "granted", media: "denied" },
    services: { metrika: "granted", "metrika-clean": "denied" },
    documents: ["consent"],
  });

  const again = await own.app.request(`${page}?saved=${id}`, { headers: { Cookie: kept } });
  const text = await again.text();
  expect(text).toMatch(/value="metrika"\s+checked/);
  expect(text).not.toMatch(/value="metrika-clean"\s+checked/);
  expect(text).toContain(`${home}/consent/v1/sites/clinic/receipts/${id}`);
  expect(text).not.toContain('name="secret"');

  const withdrawn = await send("withdraw", [], { cookie: kept });
  expect(await record(withdrawn.id)).toMatchObject({
    action: "withdraw",
    counter: 2,
    services: { metrika: "denied", "metrika-clean": "denied" },
    documents: [],
  });
  expect(withdrawn.kept.split(".")[1]).toBe(kept.split(".")[1]);
});

it("a form sent twice is one record and one subject", async () => {
  const { set, post, id } = await send("accept-all", []);
  const twice = await post();
  expect(twice.status).toBe(303);
  expect(twice.headers.get("set-cookie")?.split(".").slice(0, 3)).toEqual(
    set!.split(".").slice(0, 3),
  );
  expect(await record(id)).toMatchObject({ counter: 1, control: "accept-all" });
});

it("forms of other pages, and none at all, are refused, and nothing is recorded", async () => {
  for (const origin of ["https://evil.example", "null", null]) {
    const { answer, set, id } = await send("accept-all", [], { origin });
    expect(answer.status).toBe(403);
    expect(set).toBeNull();
    expect(await own.gateway.records.record("clinic", id)).toBeNull();
  }
});

it("a form that the page has not made is refused; one made under other texts is shown anew", async () => {
  for (const [name, value] of [
    ["record", "short"],
    ["secret", "../../etc/passwd"],
    ["control", "accept"],
  ] as const) {
    const { answer, set } = await send("save", [], { change: (form) => form.set(name, value) });
    expect(answer.status).toBe(400);
    expect(set).toBeNull();
    expect(await answer.text()).not.toContain(value);
  }
  const { answer, set } = await send("save", [], { change: (form) => form.set("config", "old") });
  expect([answer.status, set]).toEqual([200, null]);
});

it("a damaged cookie is a visitor who has not chosen", async () => {
  for (const cookie of ["soglas=%00", "soglas=1..zz.zz.1.aaaaaaaa", "soglas=", "x"])
    expect((await own.app.request(page, { headers: { Cookie: cookie } })).status).toBe(200);
});

it("it runs nothing, keeps out of caches and frames, and speaks the site's languages", async () => {
  const answer = await own.app.request(page, { headers: { "Accept-Language": "ru" } });
  expect(answer.headers.get("content-security-policy")).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/,
  );
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("referrer-policy")).toBe("same-origin");
  const text = await answer.text();
  expect(text).toContain('<html lang="ru" dir="ltr">');
  expect(text).toContain("Эта страница работает без скриптов.");
  expect(text).not.toMatch(/<script|undefined|\{\w+\}/);
  expect((await own.app.request(`${home}/p/nobody/choices`)).status).toBe(404);
});

it("under another address than the site's it says so, shows everything and takes nothing", async () => {
  const answer = await other.app.request("/p/clinic-eu/choices?lang=en");
  const text = await answer.text();
  expect(text).toContain("A choice cannot be made here");
  expect(text).not.toMatch(/<form|<input/);
  const posted = await other.app.request("/p/clinic-eu/choices", {
    method: "POST",
    headers: { Origin: "https://gateway.example" },
  });
  expect(posted.status).toBe(403);
});
