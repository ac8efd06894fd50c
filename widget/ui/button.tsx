import type { ComponentChildren } from "preact";

interface ButtonProps {
  onClick: () => void;
  children: ComponentChildren;
}

/** The one look of every button that decides something: none of them may stand out (EDPB 03/2022). */
export function Button({ onClick, children }: ButtonProps) {
  return (
    <button part="button" type="button" onClick={onClick}>
      {children}
    </button>
  );
}
