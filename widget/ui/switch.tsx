interface SwitchProps {
  id: string;
  label: string;
  on: boolean;
  /** Some of what stands behind the switch is on. Shown by the switch, and said by the element named in `note`. */
  partly?: boolean;
  /** Id of the element that says in words what "partly" means: a switch has no mixed state in ARIA. */
  note?: string | undefined;
  onMove: (on: boolean) => void;
}

/** One labelled row; the whole row is the target. */
export function Switch({ id, label, on, partly, note, onMove }: SwitchProps) {
  return (
    <label part="row">
      <span part="name">{label}</span>
      <input
        part="switch"
        type="checkbox"
        role="switch"
        name={id}
        checked={on}
        indeterminate={!!partly}
        aria-describedby={note}
        onChange={(event) => onMove(event.currentTarget.checked)}
      />
    </label>
  );
}
