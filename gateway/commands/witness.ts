import type { Server } from "node:http";
import { resolve } from "node:path";
import { serve as listen, type ServerType } from "@hono/node-server";
import { systemClock } from "../clock.ts";
import { jsonLogger, type Logger } from "../logger.ts";
import { openWitness, type OpenWitness } from "../witness/open.ts";
import { UsageError, type Command } from "./command.ts";

/** Longest time that running requests have to be answered, milliseconds. */
const lastAnswers = 4000;

/** A witness: needs no gateway, and should not run where one does. */
export const witnessCommand: Command = {
  usage: "witness [--data DIR] [--name NAME] [--log KEY]... [--host ADDRESS] [--port N]",
  purpose:
    "cosign logs of others, so that they cannot show two histories; DIR/logs lists their verifier keys",
  options: {
    data: { type: "string" },
    name: { type: "string" },
    log: { type: "string", multiple: true },
    host: { type: "string" },
    port: { type: "string" },
  },
  async run(positionals, values, print) {
    if (positionals.length > 0) throw new UsageError("a witness is told everything by options");
    const port = portOf(values["port"] ?? "8790");
    const host = String(values["host"] ?? "127.0.0.1");
    const logger = jsonLogger("info");
    const witness = await openWitness({
      folder: resolve(String(values["data"] ?? "./witness")),
      name: typeof values["name"] === "string" ? values["name"] : null,
      logs: (values["log"] as string[] | undefined) ?? [],
      clock: systemClock,
      onContradiction: (log) =>
        logger.error({ log }, "this log signed two histories; both are kept, as evidence"),
      onFailure: (error) => logger.error({}, "a request could not be answered", error),
    });
    try {
      const server = await listening(witness, host, port);
      announce(witness, server, print);
      endInOrder(server, witness);
      reloadOnHangup(witness, logger);
    } catch (error) {
      witness.close();
      throw error;
    }
    return null;
  },
};

function portOf(text: unknown): number {
  const port = /^\d{1,5}$/.test(String(text)) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new UsageError("--port is a number from 0 to 65535");
  return port;
}

function listening({ fetch }: OpenWitness, hostname: string, port: number): Promise<ServerType> {
  return new Promise((done, reject) => {
    const server = listen({ fetch, port, hostname }, () => done(server));
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        new Error(
          `cannot listen on ${hostname}, port ${port} (${error.code ?? "?"}): choose others with --host and --port`,
          { cause: error },
        ),
      ),
    );
  });
}

function announce(
  { verifierKey, origins }: OpenWitness,
  server: ServerType,
  print: (line: string) => void,
): void {
  const at = server.address();
  const where = typeof at === "object" && at !== null ? `${at.address} port ${at.port}` : "";
  print(`Soglas witness on ${where}`);
  print(`Verifier key  ${verifierKey}`);
  const logs = origins();
  print(
    logs.length === 0
      ? "It knows no log yet: write their verifier keys into the file `logs` of its folder, one a line, and send SIGHUP"
      : `Logs          ${logs.join(", ")}`,
  );
}

function reloadOnHangup(witness: OpenWitness, logger: Logger): void {
  process.on("SIGHUP", () => {
    void witness.reload().then(
      () => logger.info({ logs: witness.origins().length }, "the list of logs was read again"),
      (error: unknown) =>
        logger.error(
          { problem: error instanceof Error ? error.message : "" },
          "the list of logs is wrong; the one known before still counts",
        ),
    );
  });
}

/** No new requests; the running ones are answered, then the database closes. */
function endInOrder(server: ServerType, witness: OpenWitness): void {
  const end = () => {
    const connections = server as Server;
    const cut = setTimeout(() => connections.closeAllConnections(), lastAnswers);
    const idle = setInterval(() => connections.closeIdleConnections(), 50);
    server.close(() => {
      clearTimeout(cut);
      clearInterval(idle);
      witness.close();
      process.exit(0);
    });
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
}
