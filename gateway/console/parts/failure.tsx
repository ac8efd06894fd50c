/** Why something could not be shown, and what to do about it. */
import type { Failure } from "../api.ts";
import { useConsole } from "../context.ts";
import { duration } from "../format.ts";

export function FailureNote({ failure, onRetry }: { failure: Failure; onRetry?: () => void }) {
  const { texts, settings } = useConsole();
  if (failure.kind === "signed-out") return null;
  const fields: Partial<Record<string, string>> = texts.search.fields;
  const final = ["forbidden", "not-found", "invalid", "held", "conflict"].includes(failure.kind);
  return (
    <div class={final ? "note empty" : "note failure"} role="alert">
      <h2>{texts.failures[failure.kind]}</h2>
      {failure.kind === "failed" && (
        <p>
          {failure.requestId !== null && (
            <>
              {texts.failures.failedHint} <code>{failure.requestId}</code>
            </>
          )}
        </p>
      )}
      {failure.kind === "limited" && (
        <p>{texts.signIn.limited(duration(failure.seconds, settings.language))}</p>
      )}
      {failure.kind !== "failed" && failure.kind !== "limited" && (
        <p>{texts.failures[`${failure.kind}Hint`]}</p>
      )}
      {failure.kind === "invalid" && failure.paths.length > 0 && (
        <p>
          <strong>{failure.paths.map((path) => fields[path] ?? path).join(", ")}</strong>
        </p>
      )}
      {onRetry && !final && (
        <button type="button" class="button" onClick={onRetry}>
          {texts.failures.retry}
        </button>
      )}
    </div>
  );
}
