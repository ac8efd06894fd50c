/** Copies what an element beside it shows, and says how that went. */
import type { RefObject } from "preact";
import { useConsole } from "../context.ts";
import { useCopy } from "./use-copy.ts";

/** @param props.name what is copied, for those who do not see what the button stands beside */
export function CopyButton(props: {
  text: string;
  name: string;
  shown: RefObject<HTMLElement | null>;
}) {
  const { copy, copied, copyFailed } = useConsole().texts.record;
  const { outcome, copy: act } = useCopy(props.text, props.shown);
  const label = outcome === "copied" ? copied : copy;
  return (
    <>
      <button
        type="button"
        class="button small"
        aria-label={`${label}: ${props.name}`}
        onClick={act}
      >
        {label}
      </button>
      <output class="copy-outcome">
        {outcome === "failed" && copyFailed}
        {outcome === "copied" && <span class="unseen">{copied}</span>}
      </output>
    </>
  );
}
