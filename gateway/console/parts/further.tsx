/** What stands below a list that comes in pages: the way to the next, or that this is the end. */
import type { Failure } from "../api.ts";
import { useConsole } from "../context.ts";
import { FailureNote } from "./failure.tsx";

export function Further(props: {
  failure: Failure | null;
  /** Null at the end. */
  onMore: (() => void) | null;
  /** What is said at the end, if anything. */
  end?: string;
}) {
  const { texts } = useConsole();
  const { failure, onMore, end } = props;
  return (
    <>
      {failure && <FailureNote failure={failure} />}
      {(onMore ?? end) && (
        <div class="more">
          {onMore ? (
            <button type="button" class="button" onClick={onMore}>
              {texts.records.more}
            </button>
          ) : (
            <p class="muted">{end}</p>
          )}
        </div>
      )}
    </>
  );
}
