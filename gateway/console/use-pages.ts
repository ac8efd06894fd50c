/** A list that comes in pages: the first when it is shown, each further one on demand. */
import { useState } from "preact/hooks";
import type { Failure, Result } from "./api.ts";
import { useConsole } from "./context.ts";
import { useAnswer, type Answer } from "./use-answer.ts";

export interface PageOf<Row, Cursor> {
  rows: Row[];
  /** Leads to the following page; null at the end. */
  next: Cursor | null;
}

export interface Pages<Row, Cursor> {
  first: Answer<PageOf<Row, Cursor>>;
  /** The first page and what was asked for behind it. */
  joined(first: PageOf<Row, Cursor>): PageOf<Row, Cursor>;
  more(next: Cursor): Promise<void>;
  /** Why the further page is not there. */
  failure: Failure | null;
}

/**
 * @param key names what is asked for, as {@link useAnswer} has it
 * @param ask for the page behind a cursor; null: for the first
 */
export function usePages<Row, Cursor>(
  key: string,
  ask: (cursor: Cursor | null) => Promise<Result<PageOf<Row, Cursor>>>,
): Pages<Row, Cursor> {
  const { failed } = useConsole();
  const first = useAnswer(key, () => ask(null));
  const [further, setFurther] = useState<PageOf<Row, Cursor> | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  return {
    first,
    joined: ({ rows, next }) =>
      further ? { rows: [...rows, ...further.rows], next: further.next } : { rows, next },
    async more(next) {
      const result = await ask(next);
      setFailure(result.ok || failed(result.failure) ? null : result.failure);
      if (!result.ok) return;
      const { value } = result;
      setFurther((before) => ({ ...value, rows: [...(before?.rows ?? []), ...value.rows] }));
    },
    failure,
  };
}

/** An answer of the API as a page of rows. */
export function pageOf<T, Row, Cursor>(
  result: Result<T & { next: Cursor | null }>,
  rowsOf: (answer: T) => Row[],
): Result<PageOf<Row, Cursor>> {
  if (!result.ok) return result;
  return { ok: true, value: { rows: rowsOf(result.value), next: result.value.next } };
}
