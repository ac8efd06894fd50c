/** Every failure a handler can let through, as the client may see it. */
import { LegalHoldError } from "../log/erasure/erasures.ts";
import { LogError } from "../log/log.ts";
import { PublishError, VersionConflict } from "../sites/sites.ts";
import { StorageError } from "../storage/storage.ts";
import { HttpError } from "./http.ts";

/**
 * @returns what to answer; for a failure of our own, after which nobody knows whether something was
 *   stored, `internal` or `unavailable`: a repetition under the same record id is safe
 */
export function toHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (error instanceof LogError) return ofLog(error);
  if (error instanceof LegalHoldError)
    return new HttpError(
      "legal_hold",
      "These records are kept for a legal claim or an authority, and nothing was erased; the site's controller can say more.",
    );
  if (error instanceof PublishError)
    return new HttpError(
      "invalid_body",
      "The site directory has problems; every one is listed with its file and field.",
      { issues: error.issues },
    );
  if (error instanceof VersionConflict)
    return new HttpError(
      "version_conflict",
      "Another version was published meanwhile, and nothing was published; look at what it changed, and take it as the expected one.",
    );
  if (error instanceof StorageError)
    return new HttpError("unavailable", "The database does not answer; send it again.", {
      retryAfter: 5,
    });
  return new HttpError(
    "internal",
    "Something failed on the gateway. Its operator finds it by the request id; it is safe to send the same again.",
  );
}

function ofLog({ code }: LogError): HttpError {
  switch (code) {
    case "record_conflict":
      return new HttpError(code, "This record id was already used for another decision.");
    case "record_erased":
      return new HttpError(code, "This record was erased; decide anew under a new secret.");
    case "read_only":
      return new HttpError(
        "unavailable",
        "The site's log is read-only; the gateway's operator finds the reason in its own log.",
        { retryAfter: 60 },
      );
    case "overloaded":
      return new HttpError("unavailable", "Too much is waiting to be stored; send it again.", {
        retryAfter: 1,
      });
  }
}
