/** A start-up failure in one line that says what to do. */
import { EnvError } from "./env.ts";
import { PublishError } from "./sites/sites.ts";
import { StorageError } from "./storage/storage.ts";

export function describeFailure(error: unknown): string {
  if (error instanceof PublishError)
    return [
      error.message,
      ...error.issues.map((issue) => `  ${issue.path}: ${issue.message}`),
    ].join("\n");
  if (error instanceof EnvError) return `the environment is wrong: ${error.message}`;
  if (error instanceof StorageError) return error.message;
  if (!(error instanceof Error)) return "failed for an unknown reason";
  const { code, syscall, path, port } = error as NodeJS.ErrnoException & { port?: number };
  switch (code) {
    case "EADDRINUSE":
      return `port ${port} is taken; stop what uses it or set PORT to another one`;
    case "EADDRNOTAVAIL":
      return "SOGLAS_HOST is not an address of this machine";
    case "ENOENT":
      return `${path ?? "a folder"} is not there and cannot be made: the folder above it does not exist`;
    case "EEXIST":
    case "ENOTDIR":
      return `${path ?? "the data folder"} is not a folder; set SOGLAS_DATA to one`;
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return syscall === "listen"
        ? `port ${port} needs more rights; set PORT to one above 1023`
        : `${path ?? "the data folder"} cannot be written; set SOGLAS_DATA to a folder that can`;
    default:
      return error.message;
  }
}
