import { h, type Child } from "./jsx.ts";

interface ButtonProps {
  children: Child;
  onClick: () => void;
}

/** The one look of every button that decides: none of them may stand out (EDPB guidelines 03/2022). */
export function Button({ children, onClick }: ButtonProps) {
  return (
    <button part="button" onclick={onClick}>
      {children}
    </button>
  );
}
