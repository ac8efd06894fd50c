/** What an answer is shown as: not there yet, failed, or the thing itself. */
import type { ComponentChildren } from "preact";
import type { Answer } from "../use-answer.ts";
import { Loading } from "./blank.tsx";
import { FailureNote } from "./failure.tsx";

export function Answered<T>(props: {
  answer: Answer<T>;
  /** What is being loaded, for those who do not see the moving lines. */
  label: string;
  children: (value: T) => ComponentChildren;
}) {
  const { result, reload } = props.answer;
  if (result === null) return <Loading label={props.label} />;
  if (!result.ok) return <FailureNote failure={result.failure} onRetry={reload} />;
  return <>{props.children(result.value)}</>;
}
