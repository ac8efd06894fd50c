/** What every command of `soglas` is made of. */
import { join } from "node:path";
import type { ParseArgsConfig } from "node:util";
import { readSettings } from "../env.ts";
import { openGateway, type Gateway } from "../gateway.ts";
import { jsonLogger } from "../logger.ts";

export interface Command {
  usage: string;
  purpose: string;
  options: NonNullable<ParseArgsConfig["options"]>;
  /**
   * @param print a line on standard output
   * @returns the exit code, or null when the process goes on running
   * @throws {UsageError} when the words of the call are wrong
   */
  run(
    positionals: string[],
    values: Record<string, unknown>,
    print: (line: string) => void,
  ): Promise<number | null>;
}

/** Where build.ts leaves the widget. */
export const widgetBuild = join(import.meta.dirname, "../../dist/widget");

export class UsageError extends Error {
  override name = "UsageError";
}

/** Opens the installation beside a server that may be running on it, and closes it afterwards. */
export async function withGateway<T>(work: (gateway: Gateway) => Promise<T>): Promise<T> {
  const gateway = await openGateway(readSettings(), {
    logger: jsonLogger("warn"),
    widgetBuild,
    server: false,
  });
  try {
    return await work(gateway);
  } finally {
    await gateway.close();
  }
}
