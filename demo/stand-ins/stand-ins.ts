/**
 * Local stand-ins of the vendors' endpoints: they behave as the real ones do towards a page and a
 * server, and keep what reached them in memory, so that anyone can look at it.
 *
 * The same handler answers under `/stand-in/<vendor>` on the demo's own origin, and at the root under the vendors' host names, which browser tests resolve to this machine.
 */
import { readFile } from "node:fs/promises";
import type { HttpBindings } from "@hono/node-server";
import { Hono, type Context } from "hono";
import { createFaults, type Faults } from "./faults.ts";
import { ga4Problems, readGa4 } from "./ga4.ts";
import { measurementProblems, readMeasurement } from "./ga4-measurement.ts";
import { matomoProblems } from "./matomo.ts";
import { collectProblems, readCollect, readWatch, watchProblems } from "./metrika.ts";
import { createRecording, type Hit, type Recording, type Vendor } from "./recording.ts";
import { readWebhook, webhookProblems } from "./webhook.ts";

type Env = { Bindings: Partial<HttpBindings> };

/** One request, read and judged, before it is answered. */
interface Reading {
  events: Record<string, string>[];
  problems: string[];
}

export interface StandIns {
  fetch(request: Request, env?: Partial<HttpBindings>): Response | Promise<Response>;
  recording: Recording;
  faults: Faults;
}

/** What the stand-in of a webhook's receiver shares with the gateway; worth nothing anywhere else. */
export const webhookSecret = "whsec_c3RhbmQtaW4tb2YtYS1yZWNlaXZlci1vZi13ZWJob29rcw==";

/** @param options.now unix milliseconds; tests bring their own clock */
export function createStandIns(options: { now?: () => number; limit?: number } = {}): StandIns {
  const now = options.now ?? Date.now;
  const recording = createRecording(now, options.limit);
  const faults = createFaults();
  const app = new Hono<Env>();

  /** Records a request and answers it, or meets the fault that was asked for. */
  async function meet(
    c: Context<Env>,
    vendor: Vendor,
    read: (query: URLSearchParams, body: string) => Reading,
    answer: (reading: Reading) => Response,
  ): Promise<Response> {
    const body = await c.req.text();
    const reading = read(new URL(c.req.url).searchParams, body);
    const fault = faults.take(vendor);
    const response = fault?.kind === "status" ? failure(fault) : fault ? null : answer(reading);
    recording.add({ ...describe(c, vendor, body), ...reading, status: response?.status ?? 0 });
    if (response) return crossOrigin(c, response);
    if (fault?.kind === "hang") await faults.lifted(vendor);
    c.env.incoming?.socket.destroy();
    return new Response(null, { status: 500 });
  }

  const ga4 = (c: Context<Env>) =>
    meet(
      c,
      "ga4",
      (query, body) => {
        const events = readGa4(query, body);
        return { events, problems: [...new Set(events.flatMap(ga4Problems))] };
      },
      () => new Response(null, { status: 204 }),
    );

  const collect = (c: Context<Env>) =>
    meet(
      c,
      "metrika",
      (query, body) => {
        const event = readCollect(query, body);
        return { events: [event], problems: collectProblems(event, now()) };
      },
      ({ problems }) =>
        problems.length > 0
          ? Response.json({ errors: problems }, { status: 400 })
          : new Response(null, { status: 200 }),
    );

  const measure = (c: Context<Env>) =>
    meet(
      c,
      "ga4",
      (query, body) => ({
        events: readMeasurement(query, body),
        problems: measurementProblems(query, body, now()),
      }),
      ({ problems }) =>
        c.req.path.endsWith("/debug/mp/collect")
          ? Response.json({
              validationMessages: problems.map((description) => ({
                fieldPath: "",
                description,
                validationCode: "VALUE_INVALID",
              })),
            })
          : new Response(null, { status: 204 }),
    );

  const matomo = (c: Context<Env>) =>
    meet(
      c,
      "matomo",
      (query, body) => {
        const event = readCollect(query, body);
        return { events: [event], problems: matomoProblems(event, now()) };
      },
      ({ problems }) => new Response(null, { status: problems.length > 0 ? 400 : 204 }),
    );

  const taken = new Set<string>();
  const webhook = (c: Context<Env>) =>
    meet(
      c,
      "webhook",
      (_query, body) => {
        const headers = Object.fromEntries(c.req.raw.headers);
        const problems = webhookProblems(headers, body, webhookSecret, now());
        const id = headers["webhook-id"] ?? "";
        const events = taken.has(id) ? [] : [{ id, ...readWebhook(body) }];
        return { events, problems };
      },
      ({ problems }) => {
        if (problems.length > 0) return new Response(null, { status: 401 });
        taken.add(c.req.header("webhook-id") ?? "");
        return new Response(null, { status: 204 });
      },
    );

  const watch = (c: Context<Env>) =>
    meet(
      c,
      "metrika",
      (query, body) => {
        const event = readWatch(c.req.param("counter") ?? "", query, body);
        return { events: [event], problems: watchProblems(event) };
      },
      () => watched(new URL(c.req.url), now()),
    );

  const script = (file: URL) => async () =>
    new Response(await readFile(file), {
      headers: {
        "Content-Type": "text/javascript; charset=utf-8",
        "Cache-Control": "no-store",
        "Cross-Origin-Resource-Policy": "cross-origin",
      },
    });
  const gtag = script(new URL("./browser/gtag.js", import.meta.url));
  const metrikaTag = script(new URL("./browser/metrika.js", import.meta.url));

  app.options("*", (c) => crossOrigin(c, new Response(null, { status: 204 })));
  for (const prefix of ["", "/stand-in/ga"]) {
    app.get(`${prefix}/gtag/js`, gtag);
    app.on(["GET", "POST"], `${prefix}/g/collect`, ga4);
    app.post(`${prefix}/mp/collect`, measure);
    app.post(`${prefix}/debug/mp/collect`, measure);
  }
  app.on(["GET", "POST"], "/stand-in/matomo/matomo.php", matomo);
  app.post("/stand-in/webhook/receiver", webhook);
  for (const prefix of ["", "/stand-in/metrika"]) {
    app.get(`${prefix}/metrika/tag.js`, metrikaTag);
    for (const rest of ["", "/1"])
      app.on(["GET", "POST"], `${prefix}/watch/:counter${rest}`, watch);
    app.on(["GET", "POST"], `${prefix}/collect`, collect);
  }
  return { fetch: (request, env) => app.fetch(request, env ?? {}), recording, faults };
}

function failure(fault: { status: number; retryAfter?: number }): Response {
  const headers = fault.retryAfter === undefined ? {} : { "Retry-After": String(fault.retryAfter) };
  return new Response(null, { status: fault.status, headers });
}

/** Metrika's answer to a tag hit sets cookies of Yandex's own domain, which no page can remove. */
function watched(url: URL, now: number): Response {
  const value = `${Math.trunc(now / 1000)}${Math.trunc(Math.random() * 1e9)}`;
  const path = url.pathname.startsWith("/stand-in/metrika") ? "/stand-in/metrika" : "/";
  const flags = url.protocol === "https:" ? "; SameSite=None; Secure" : "; SameSite=Lax";
  return Response.json(
    { settings: {} },
    {
      headers: {
        "Set-Cookie": `yandexuid=${value}; Path=${path}; Max-Age=31536000; HttpOnly${flags}`,
      },
    },
  );
}

/** Vendors answer pages of any origin, with credentials. */
function crossOrigin(c: Context<Env>, response: Response): Response {
  const origin = c.req.header("origin");
  response.headers.set("Cache-Control", "no-store");
  response.headers.set("Cross-Origin-Resource-Policy", "cross-origin");
  if (origin) {
    response.headers.set("Access-Control-Allow-Origin", origin);
    response.headers.set("Access-Control-Allow-Credentials", "true");
    response.headers.set("Vary", "Origin");
  }
  return response;
}

function describe(
  c: Context<Env>,
  vendor: Vendor,
  body: string,
): Pick<Hit, "vendor" | "sender" | "method" | "target" | "headers" | "body"> {
  const headers = Object.fromEntries(c.req.raw.headers);
  const url = new URL(c.req.url);
  return {
    vendor,
    sender: "sec-fetch-mode" in headers || "origin" in headers ? "page" : "server",
    method: c.req.method,
    target: url.pathname + url.search,
    headers,
    body,
  };
}
