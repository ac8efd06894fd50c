import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { httpFiles } from "../../gateway/verify/http-files.ts";
import { outcome } from "./check.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A log's server; waits are recorded instead of waited. */
async function serve(listener: RequestListener, accessKey?: string) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const waits: number[] = [];
  const { port } = server.address() as AddressInfo;
  const files = httpFiles(`http://127.0.0.1:${port}/log/clinic/2026`, {
    fetch,
    accessKey,
    wait: async (milliseconds) => void waits.push(milliseconds),
  });
  return { files, waits };
}

describe("a log at an address", () => {
  it("is read below it, with the access key", async () => {
    const seen: unknown[] = [];
    const { files } = await serve((request, response) => {
      seen.push([request.url, request.headers.authorization]);
      response.end(Buffer.of(1, 2, 3));
    }, "key");
    expect(await files.read("tile/0/000", 100)).toEqual(Uint8Array.of(1, 2, 3));
    expect(seen).toEqual([["/log/clinic/2026/tile/0/000", "Bearer key"]]);
  });

  it.each([404, 410])("may lack a file (%i)", async (status) => {
    const { files } = await serve((_, response) => response.writeHead(status).end("no"));
    expect(await files.read("tile/0/000", 100)).toBeNull();
  });

  it.each([401, 403, 400, 418])("is out of reach when it answers %i, at once", async (status) => {
    const { files, waits } = await serve((_, response) => response.writeHead(status).end());
    expect(await outcome(() => files.read("checkpoint", 100))).toBe("unreachable");
    expect(waits).toEqual([]);
  });

  it("is asked again when it is busy, as late as it wishes", async () => {
    const answers = [503, 429, 200];
    const { files, waits } = await serve((_, response) => {
      const status = answers.shift()!;
      response.writeHead(status, status === 429 ? { "Retry-After": "7" } : {}).end("body");
    });
    expect(Buffer.from((await files.read("checkpoint", 100))!).toString()).toBe("body");
    expect(waits).toEqual([500, 7000]);
  });

  it("is given up on when it stays broken or wants too much patience", async () => {
    const broken = await serve((request) => request.socket.destroy());
    expect(await outcome(() => broken.files.read("checkpoint", 100))).toBe("unreachable");
    expect(broken.waits).toEqual([500, 3000]);
    const patient = await serve((_, response) =>
      response.writeHead(503, { "Retry-After": "3600" }).end(),
    );
    expect(await outcome(() => patient.files.read("checkpoint", 100))).toBe("unreachable");
    expect(patient.waits).toEqual([]);
  });

  it("cannot fill the memory with an endless file", async () => {
    const { files } = await serve((_, response) => {
      const chunk = Buffer.alloc(65_536);
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on("drain", more);
      more();
    });
    const bytes = await files.read("tile/0/000", 8192);
    expect(bytes!.length).toBeGreaterThan(8192);
    expect(bytes!.length).toBeLessThan(10_000_000);
  });
});
