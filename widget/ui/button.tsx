import type { ComponentChildren } from "preact";

interface ButtonProps {
  children: ComponentChildren;
  onClick: () => void;
}

/** The one look of every button that decides: none of them may stand out (EDPB guidelines 03/2022). */
export function Button({ children, onClick }: ButtonProps) {
  return (
    <button part="button" onClick={onClick}>
      {children}
    </button>
  );
}
