import { h } from "./jsx.ts";

interface SwitchProps {
  /** Id of the purpose or service. */
  name: string;
  label: string;
  on: boolean;
  onMove: (on: boolean) => void;
  /** Set where only a part of what stands behind the switch is on: says so, since ARIA knows no mixed switch. */
  partly?: string | undefined;
}

/** `checked` is the state; `aria-checked` beside it is not allowed (ARIA in HTML, checkbox). */
const role = "switch";

/** One labelled row; the whole row is the target. */
export function Switch({ name, label, on, onMove, partly }: SwitchProps) {
  return (
    <label part="row">
      <span>
        <b part="name">{label}</b>
        {partly && ` ${partly}`}
      </span>
      <input
        part="switch"
        type="checkbox"
        role={role}
        name={name}
        checked={on && !partly}
        indeterminate={!!partly}
        onchange={(event) => onMove(event.currentTarget.checked)}
      />
    </label>
  );
}
