/** A hash or an id with a button that copies it whole. */
import { useEffect, useRef, useState } from "preact/hooks";
import { useConsole } from "../context.ts";

/** How long "Copied" stays, milliseconds. */
const shownFor = 2000;

export function Copyable({ value, name }: { value: string; name: string }) {
  const { texts } = useConsole();
  const text = useRef<HTMLElement>(null);
  const [outcome, setOutcome] = useState<"copied" | "failed" | null>(null);
  useEffect(() => {
    if (outcome !== "copied") return;
    const timer = setTimeout(() => setOutcome(null), shownFor);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setOutcome("copied");
    } catch {
      // No clipboard over plain http: leave the text selected, one key press away from copied.
      if (text.current) window.getSelection()?.selectAllChildren(text.current);
      setOutcome("failed");
    }
  }

  return (
    <span class="copyable">
      <code ref={text}>{value}</code>
      <button
        type="button"
        class="button small"
        aria-label={`${texts.record.copy}: ${name}`}
        onClick={copy}
      >
        {outcome === "copied" ? texts.record.copied : texts.record.copy}
      </button>
      <output class="copy-outcome">
        {outcome === "failed" && texts.record.copyFailed}
        {outcome === "copied" && <span class="unseen">{texts.record.copied}</span>}
      </output>
    </span>
  );
}
