/** A hash or an id with a button that copies it whole. */
import { useRef } from "preact/hooks";
import { CopyButton } from "./copy-button.tsx";

export function Copyable({ value, name }: { value: string; name: string }) {
  const text = useRef<HTMLElement>(null);
  return (
    <span class="copyable">
      <code ref={text}>{value}</code>
      <CopyButton text={value} name={name} shown={text} />
    </span>
  );
}
