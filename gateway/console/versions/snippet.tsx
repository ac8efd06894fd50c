/** Lines to paste somewhere else, with a button that copies them as they are. */
import { useRef } from "preact/hooks";
import { CopyButton } from "../parts/copy-button.tsx";

export function Snippet({ name, text }: { name: string; text: string }) {
  const shown = useRef<HTMLPreElement>(null);
  return (
    <div class="snippet">
      <pre ref={shown}>
        <code>{text}</code>
      </pre>
      <CopyButton text={text} name={name} shown={shown} />
    </div>
  );
}
