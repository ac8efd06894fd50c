#!/usr/bin/env node
/** The `soglas` command: `npm run soglas -- help`. */
import { parseArgs } from "node:util";
import { buildCommand } from "./commands/build.ts";
import { checkCommand } from "./commands/check.ts";
import { UsageError, type Command } from "./commands/command.ts";
import { eraseCommand } from "./commands/erase.ts";
import { exportCommand } from "./commands/export.ts";
import { fsckCommand } from "./commands/fsck.ts";
import { keysCommand } from "./commands/keys.ts";
import { logsCommand } from "./commands/logs.ts";
import { publishCommand } from "./commands/publish.ts";
import { witnessCommand } from "./commands/witness.ts";
import { describeFailure } from "./failure.ts";
import { verifyCommand } from "./verify/command.ts";

const serveCommand: Command = {
  usage: "serve",
  purpose: "run the gateway",
  options: {},
  async run() {
    await import("./main.ts");
    return null;
  },
};

const commands: Record<string, Command> = {
  serve: serveCommand,
  check: checkCommand,
  publish: publishCommand,
  build: buildCommand,
  keys: keysCommand,
  erase: eraseCommand,
  export: exportCommand,
  fsck: fsckCommand,
  logs: logsCommand,
  witness: witnessCommand,
};

const help = [
  "Usage: soglas <command>",
  "",
  ...Object.values(commands).flatMap(({ usage, purpose }) => [`  ${usage}`, `      ${purpose}`]),
  "  verify receipt FILE | verify log URL|FOLDER | verify export FILE",
  "      check a receipt, a whole log or an export, trusting nothing of the gateway; `verify` says how",
  "",
  "Settings come from the environment; docs/configuration.md lists them.",
].join("\n");

/** Exit code 0: done; 1: refused or failed; 2: the words of the call are wrong. */
async function main([name = "help", ...rest]: string[]): Promise<number | null> {
  if (name === "help" || name === "--help" || name === "-h") {
    console.log(help);
    return 0;
  }
  // It reads its own words: the verifier shares nothing with the gateway.
  if (name === "verify")
    return verifyCommand(rest, { out: console.log, err: console.error, fetch });
  const command = commands[name];
  if (!command) {
    console.error(`soglas: there is no such command\n\n${help}`);
    return 2;
  }
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      options: command.options,
      allowPositionals: true,
    });
    return await command.run(positionals, values, (line) => console.log(line));
  } catch (error) {
    const isUsage =
      error instanceof UsageError ||
      String((error as NodeJS.ErrnoException).code).startsWith("ERR_PARSE_ARGS");
    console.error(
      `soglas: ${describeFailure(error)}${isUsage ? `\nUsage: soglas ${command.usage}` : ""}`,
    );
    return isUsage ? 2 : 1;
  }
}

// As in main.ts: what a command writes is its owner's alone.
process.umask(0o077);
const code = await main(process.argv.slice(2));
if (code !== null) process.exit(code);
