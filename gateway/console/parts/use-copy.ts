/** Copying what an element shows: the outcome, for as long as it is worth saying. */
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

/** How long "Copied" stays, milliseconds. */
const shownFor = 2000;

/** @param shown the element with the text: selected where there is no clipboard */
export function useCopy(text: string, shown: RefObject<HTMLElement | null>) {
  const [outcome, setOutcome] = useState<"copied" | "failed" | null>(null);
  useEffect(() => {
    if (outcome !== "copied") return;
    const timer = setTimeout(() => setOutcome(null), shownFor);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome("copied");
    } catch {
      // No clipboard over plain http: leave the text selected, one key press away from copied.
      if (shown.current) window.getSelection()?.selectAllChildren(shown.current);
      setOutcome("failed");
    }
  }

  return { outcome, copy };
}
