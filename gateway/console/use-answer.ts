/** An answer of the gateway that a page stands on: asked for when the page opens, and again on demand. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Result } from "./api.ts";
import { useConsole } from "./context.ts";

export interface Answer<T> {
  /** Null until it is there. */
  result: Result<T> | null;
  /** Asks again; what is shown stays until the new answer is there. */
  reload(): void;
}

/**
 * @param ask the call; null asks for nothing, and the result stays null
 * @param key names what is asked for: another key forgets the answer and asks anew
 */
export function useAnswer<T>(key: string, ask: (() => Promise<Result<T>>) | null): Answer<T> {
  const { failed } = useConsole();
  const [held, setHeld] = useState<{ key: string; result: Result<T> } | null>(null);
  /** Counts questions, so that a slow answer to an older one is dropped. */
  const question = useRef(0);
  const latest = useRef(ask);
  latest.current = ask;

  const reload = useCallback(async () => {
    const mine = ++question.current;
    const result = await latest.current?.();
    if (!result || mine !== question.current) return;
    if (result.ok || !failed(result.failure)) setHeld({ key, result });
  }, [key, failed]);
  useEffect(() => {
    void reload();
    return () => {
      question.current += 1;
    };
  }, [reload]);

  return { result: held?.key === key ? held.result : null, reload: () => void reload() };
}
