/** A vendor on a local port: keeps the exact bytes it got, and answers as a test tells it to. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  method: string;
  path: string;
  query: URLSearchParams;
  /** Names as sent, in order: name, value, name, value, … */
  rawHeaders: string[];
  body: string;
}

type Answer = (response: ServerResponse, request: Received) => void;

export async function openVendor() {
  const received: Received[] = [];
  const waiters: { count: number; resolve: () => void }[] = [];
  let answer: Answer = (response) => response.writeHead(204).end();

  const server = createServer((request: IncomingMessage, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      const url = new URL(request.url ?? "/", "http://vendor.test");
      const entry: Received = {
        method: request.method ?? "",
        path: url.pathname,
        query: url.searchParams,
        rawHeaders: request.rawHeaders,
        body,
      };
      received.push(entry);
      for (const waiter of waiters) if (received.length >= waiter.count) waiter.resolve();
      answer(response, entry);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    received,
    answerWith: (next: Answer) => (answer = next),
    answerStatus: (status: number, headers: Record<string, string> = {}) =>
      (answer = (response) => response.writeHead(status, headers).end()),
    reset: () => (answer = (response) => response.socket?.destroy()),
    hang: () => (answer = () => undefined),
    /** Resolves when so many requests have arrived. */
    arrived: (count: number) =>
      received.length >= count
        ? Promise.resolve()
        : new Promise<void>((resolve) => waiters.push({ count, resolve })),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type VendorServer = Awaited<ReturnType<typeof openVendor>>;

/** A request's parameters: body over query. */
export function parametersOf({ query, body }: Received): Record<string, string> {
  return { ...Object.fromEntries(query), ...Object.fromEntries(new URLSearchParams(body)) };
}
