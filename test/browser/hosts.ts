/**
 * Real sockets under real names: one TLS and one plain listener on loopback that answer by Host
 * header, so that the browser sees different sites, and everything that reached each host is kept.
 */
import { createServer as createPlain, type IncomingMessage, type Server } from "node:http";
import { createServer as createTls } from "node:https";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { generate } from "selfsigned";

export type Handler = (request: Request, env: unknown) => Response | Promise<Response>;

/** One request as it arrived. */
export interface Arrival {
  host: string;
  method: string;
  /** Path and query. */
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

export interface Hosts {
  /** Everything that arrived so far, in order. */
  arrivals: Arrival[];
  /** Headers a proxy on the way adds to every request, the visitor's address first of all. */
  proxyHeaders: Record<string, string>;
  /** `--host-resolver-rules` for Chromium: every name and port of the world ends here. */
  resolverRules: string;
  /** Addresses for Node clients, by scheme. */
  ports: { http: number; https: number };
  /**
   * Trouble on the way to a host, until it is set to null. `away`: connections are cut and nothing
   * arrives. `mute`: requests arrive and are worked on, and the connection is cut instead of an answer.
   */
  setTrouble(host: string, trouble: "away" | "mute" | null): void;
  close(): Promise<void>;
}

/** @param handlers host name → what answers there; unlisted names are cut. */
export async function openHosts(handlers: Record<string, Handler>): Promise<Hosts> {
  const arrivals: Arrival[] = [];
  const proxyHeaders: Record<string, string> = {};
  const troubles = new Map<string, "away" | "mute">();
  const listeners = Object.fromEntries(
    Object.entries(handlers).map(([host, handler]) => [host, getRequestListener(keeping(handler))]),
  );

  function keeping(handler: Handler): Handler {
    return async (request, env) => {
      const { incoming } = env as { incoming: IncomingMessage };
      const host = (incoming.headers.host ?? "").replace(/:\d+$/, "");
      const body = request.body ? await request.clone().text() : "";
      const path = incoming.url ?? "/";
      const method = incoming.method ?? "GET";
      const trouble = troubles.get(host);
      const cut = () => {
        incoming.socket.destroy();
        return new Response(null, { status: 503 });
      };
      if (trouble === "away") return cut();
      arrivals.push({ host, method, path, headers: { ...incoming.headers }, body });
      const response = await handler(request, env);
      return trouble === "mute" ? cut() : response;
    };
  }

  const certificate = await generate([{ name: "commonName", value: "soglas test" }], {
    keySize: 2048,
    extensions: [
      {
        name: "subjectAltName",
        altNames: Object.keys(handlers).map((value) => ({ type: 2 as const, value })),
      },
    ],
  });
  const listener: Parameters<typeof createPlain>[1] = (request, response) => {
    const host = (request.headers.host ?? "").replace(/:\d+$/, "");
    const listen = listeners[host];
    if (host !== "127.0.0.1") request.rawHeaders.push(...Object.entries(proxyHeaders).flat());
    if (listen) void listen(request, response);
    else request.socket.destroy();
  };
  const tls = createTls({ key: certificate.private, cert: certificate.cert }, listener);
  const plain = createPlain(listener);
  const ports = { https: await listening(tls), http: await listening(plain) };

  return {
    arrivals,
    proxyHeaders,
    ports,
    resolverRules: `MAP *:443 127.0.0.1:${ports.https},MAP *:80 127.0.0.1:${ports.http}`,
    setTrouble(host, trouble) {
      if (trouble) troubles.set(host, trouble);
      else troubles.delete(host);
    },
    async close() {
      await Promise.all([closed(tls), closed(plain)]);
    },
  };
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
