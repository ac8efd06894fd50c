/**
 * The gateway's log lines. Callers pass fields of our own vocabulary only: never a request header,
 * an address, a URL or a body. Serialisers strip what an Error could drag along.
 */
import { pino } from "pino";

export interface Logger {
  info(fields: Record<string, string | number | boolean | null>, message: string): void;
  warn(fields: Record<string, string | number | boolean | null>, message: string): void;
  /** `failure` is reduced to its name, code and our own stack frames: messages may hold row data. */
  error(
    fields: Record<string, string | number | boolean | null>,
    message: string,
    failure?: unknown,
  ): void;
}

/** JSON lines on standard error, so that standard output stays free for what a person asked for. */
export function jsonLogger(
  level: "info" | "warn" | "error" | "silent",
  write?: (line: string) => void,
): Logger {
  const sink = pino(
    { level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` },
    write ? { write } : process.stderr,
  );
  return {
    info: (fields, message) => sink.info(fields, message),
    warn: (fields, message) => sink.warn(fields, message),
    error: (fields, message, failure) =>
      sink.error(
        failure === undefined ? fields : { ...fields, ...failureFields(failure) },
        message,
      ),
  };
}

function failureFields(failure: unknown): Record<string, string> {
  if (!(failure instanceof Error)) return { failure: typeof failure };
  const frames = (failure.stack ?? "").split("\n").filter((line) => line.startsWith("    at "));
  const code = (failure as { code?: unknown }).code;
  return {
    failure: failure.name,
    ...(typeof code === "string" && { code }),
    stack: frames
      .slice(0, 8)
      .map((line) => line.trim())
      .join(" | "),
  };
}
