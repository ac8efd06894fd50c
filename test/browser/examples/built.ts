/** The examples, built as their frameworks build them, with nothing changed but addresses. */
import { execFile, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { compile as compileSvelte } from "svelte/compiler";
import { build, type Plugin, type Rollup } from "vite";
import { compileScript, parse } from "vue/compiler-sfc";
import type { Handler } from "../hosts.ts";

const root = join(import.meta.dirname, "../../..");
const examples = join(root, "examples");

/** What an example has to be told: addresses. */
export interface Addresses {
  tag: string;
  map: string;
}

/** Single-file components, as `@vitejs/plugin-vue` compiles them for production. */
const vue: Plugin = {
  name: "vue",
  transform(source, id) {
    if (!id.endsWith(".vue")) return undefined;
    const { descriptor, errors } = parse(source, { filename: id });
    if (errors[0]) throw errors[0];
    return compileScript(descriptor, { id, inlineTemplate: true }).content;
  },
};

/** As `vite-plugin-svelte` compiles them. */
const svelte: Plugin = {
  name: "svelte",
  transform: (source, id) =>
    id.endsWith(".svelte")
      ? compileSvelte(source, { filename: id, generate: "client" }).js.code
      : undefined,
};

/** @returns the example's files, served below `/<name>/` */
export async function viteExample(
  name: "react" | "vue" | "svelte",
  { tag, map }: Addresses,
): Promise<Handler> {
  const { output } = (await build({
    root: join(examples, name),
    base: `/${name}/`,
    configFile: false,
    logLevel: "warn",
    plugins: [vue, svelte],
    oxc: { jsx: { runtime: "automatic", importSource: "react" } },
    resolve: { conditions: ["browser", "module"] },
    define: {
      "import.meta.env.VITE_SOGLAS_TAG": JSON.stringify(tag),
      "import.meta.env.VITE_MAP": JSON.stringify(map),
    },
    build: { write: false, minify: false, modulePreload: false },
  })) as Rollup.RollupOutput;
  const files = new Map(
    output.map((file) => [
      `/${name}/${file.fileName}`,
      file.type === "chunk" ? file.code : file.source,
    ]),
  );
  return (request) => {
    const { pathname } = new URL(request.url);
    const path = pathname.replace(/\/$/, "/index.html");
    const file = files.get(path);
    if (file === undefined) return new Response(null, { status: 404 });
    const type = path.endsWith(".js") ? "text/javascript" : "text/html";
    return new Response(file as BodyInit, {
      headers: { "Content-Type": `${type}; charset=utf-8` },
    });
  };
}

/** `next build` and `next start`, in a folder of its own: Next writes beside what it builds. */
export async function nextExample({ tag, map }: Addresses) {
  const folder = await mkdtemp(join(tmpdir(), "soglas-next-"));
  await cp(join(examples, "next"), folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{"private":true,"type":"module"}');
  await mkdir(join(folder, "node_modules"));
  for (const name of ["next", "react", "react-dom"])
    await symlink(join(root, "node_modules", name), join(folder, "node_modules", name));
  await symlink(root, join(folder, "node_modules/soglas"));
  const bin = join(folder, "node_modules/next/dist/bin/next");
  const options = {
    cwd: folder,
    env: {
      ...process.env,
      NODE_ENV: "production" as const,
      NEXT_TELEMETRY_DISABLED: "1",
      NEXT_PUBLIC_SOGLAS_TAG: tag,
      NEXT_PUBLIC_MAP: map,
    },
  };
  // Turbopack follows no links out of the folder.
  await promisify(execFile)(process.execPath, [bin, "build", "--webpack"], options);
  const server = spawn(process.execPath, [bin, "start", "-H", "127.0.0.1", "-p", "0"], options);
  const ended = new Promise((resolve) => server.once("exit", resolve));
  const address = await new Promise<string>((resolve, reject) => {
    createInterface(server.stdout).on("line", (line) => {
      const local = /http:\/\/(?:127\.0\.0\.1|localhost):(\d+)/.exec(line);
      if (local) resolve(`http://127.0.0.1:${local[1]}`);
    });
    server.once("exit", () => reject(new Error("next start has ended")));
  });
  const pages: Handler = async ({ url, headers }) => {
    const { pathname, search } = new URL(url);
    const sent = new Headers(headers);
    sent.delete("host");
    const answer = await fetch(address + pathname + search, { headers: sent, redirect: "manual" });
    const received = new Headers(answer.headers);
    for (const name of ["content-encoding", "content-length", "transfer-encoding", "connection"])
      received.delete(name);
    return new Response(answer.body, { status: answer.status, headers: received });
  };
  return {
    pages,
    /** A page as its server renders it. */
    rendered: async (path: string) => (await fetch(address + path)).text(),
    async close() {
      server.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
