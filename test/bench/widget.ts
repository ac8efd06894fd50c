/**
 * `npm run bench -- widget`: the widget beside its peers, each in its documented smallest set-up, on one page
 * with one paragraph, cold, in real Chromium; interleaved, so that the machine's moods meet all of them.
 * Scripts, everybody's, come from another origin than the page, as they do from a gateway or a CDN.
 */
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { getRequestListener } from "@hono/node-server";
import { launchChromium } from "../browser/chromium.ts";
import { openInstallation } from "../gateway/installation.ts";
import { publishOrdinary } from "../sites/ordinary.ts";
import { memory } from "./widget/memory.ts";
import { preparePeers, type Peer } from "./widget/peers.ts";
import { visit, type Conditions, type Visit } from "./widget/visit.ts";

const rounds = 7;
const conditions: [string, Conditions][] = [
  ["processor not slowed down", { cpu: 1, slow: false }],
  ["4× slower processor", { cpu: 4, slow: false }],
  ["4× slower processor, 150 ms and 1.6 Mbit/s", { cpu: 4, slow: true }],
];

const types: Record<string, string> = { js: "text/javascript", css: "text/css" };

export async function benchWidget(): Promise<void> {
  const { peers, files } = await preparePeers();
  const pages = await listen((request, response) => void page(request, response));
  const scripts = await listen((request, response) => void script(request, response));
  const installation = await openInstallation({
    widgetBuild: join(import.meta.dirname, "../../dist/widget"),
    publicUrl: scripts.url,
  });
  const { sites } = installation.gateway;
  await publishOrdinary(sites, pages.url);
  await publishOrdinary(sites, pages.url, true);
  const gateway = getRequestListener(installation.app.fetch);
  files.set("empty.js", new Uint8Array());
  const compressed = new Map([...files].map(([name, body]) => [name, brotliCompressSync(body)]));
  const headOf = async (site: string, inline: boolean) => {
    const { element, inline: instead } = (await sites.embedding(site))!;
    return inline ? instead!.element : element;
  };
  const soglas = async (name: string, site: string, inline = false): Promise<Peer> => ({
    name: inline ? `${name}, inline` : name,
    head: await headOf(site, inline),
    banner: "[part~=banner]",
    accept: "soglas-consent [part~=banner] [part=button]",
  });
  // Peers are configured without anybody's tag; ours is shown with and without those of two vendors.
  const all: (Peer | null)[] = [
    null,
    // What any script at all costs a page that has none.
    {
      name: "an empty script",
      head: `<script async src="${scripts.url}/empty.js"></script>`,
      banner: "",
      accept: "",
    },
    await soglas("soglas, GA4 and Metrika", "ordinary"),
    await soglas("soglas, GA4 and Metrika", "ordinary", true),
    await soglas("soglas, nobody's tag", "bare"),
    await soglas("soglas, nobody's tag", "bare", true),
    ...peers.map((peer) => ({ ...peer, head: peer.head.replaceAll('="/', `="${scripts.url}/`) })),
  ];

  const script: RequestListener = (request, response) => {
    const path = request.url!.split("?")[0]!;
    if (/^\/(s|w|v1)\//.test(path)) return void gateway(request, response);
    const file = compressed.get(path.split("/").at(-1)!);
    if (!file) return void response.writeHead(404).end();
    response.writeHead(200, {
      "Content-Type": types[path.split(".").at(-1)!]!,
      "Content-Encoding": "br",
      "Cache-Control": "max-age=3600",
      "Access-Control-Allow-Origin": "*",
      "Timing-Allow-Origin": "*",
    });
    response.end(file);
  };

  const page: RequestListener = (request, response) => {
    const peer = all[Number(request.url!.slice(1))];
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
    response.end(
      `<!doctype html><html lang="en"><title>Page</title>${peer?.head ?? ""}<p>One paragraph.</p></html>`,
    );
  };

  const browser = await launchChromium([
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  ]);
  try {
    for (const [name, condition] of conditions) {
      const runs = new Map<Peer | null, Visit[]>(all.map((peer) => [peer, []]));
      for (let round = 0; round < rounds; round += 1)
        for (const [index, peer] of all.entries())
          runs.get(peer)!.push(await visit(browser, `${pages.url}/${index}`, peer, condition));
      console.log(`\n${name}: medians of ${rounds}`);
      print(runs);
    }
    const ours = all.findIndex((peer) => peer?.name.startsWith("soglas"));
    printMemory(await memory(browser, `${pages.url}/${ours}`));
  } finally {
    await browser.close();
    pages.server.close();
    scripts.server.close();
    await installation.close();
  }
}

async function listen(answer: RequestListener): Promise<{ server: Server; url: string }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function print(runs: Map<Peer | null, Visit[]>): void {
  const median = (visits: Visit[], key: keyof Visit) =>
    visits.map((each) => each[key]).toSorted((a, b) => a - b)[Math.floor(visits.length / 2)]!;
  const rows = [...runs].map(([peer, visits]) => {
    const of = (key: keyof Visit) => Math.round(median(visits, key));
    return [
      peer?.name ?? "the page alone",
      {
        "visible, ms": of("visible"),
        "first paint, ms": of("paint"),
        "script, ms": of("script"),
        "main thread, ms": of("task"),
        "blocking, ms": of("blocking"),
        "layout shift": Number(median(visits, "shift").toFixed(3)),
        "later: script": of("laterScript"),
        "later: main thread": of("laterTask"),
        "accept, ms": of("accept"),
        requests: of("requests"),
        bytes: of("bytes"),
        "cookies, B": of("cookies"),
      },
    ] as const;
  });
  console.table(Object.fromEntries(rows));
}

function printMemory(measured: Awaited<ReturnType<typeof memory>>): void {
  console.log("\nheld after a collection: before → after");
  const rows = Object.entries(measured).map(([name, { before, after }]) => [
    name,
    {
      "heap, kB": `${Math.round(before.heap / 1000)} → ${Math.round(after.heap / 1000)}`,
      nodes: `${before.nodes} → ${after.nodes}`,
      listeners: `${before.listeners} → ${after.listeners}`,
    },
  ]);
  console.table(Object.fromEntries(rows));
}
