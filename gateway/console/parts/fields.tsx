/** Fields of forms, each with its label above it. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { fromMomentField, toMomentField } from "../filter.ts";

/** @param props.children the control, which takes the id that its label names */
function Labelled(props: {
  label: string;
  wide?: boolean;
  children: (id: string) => ComponentChildren;
}) {
  const id = useId();
  return (
    <div class={props.wide ? "labelled wide" : "labelled"}>
      <label for={id}>{props.label}</label>
      {props.children(id)}
    </div>
  );
}

export function TextField(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  wide?: boolean;
  code?: boolean;
  required?: boolean;
  minLength?: number;
  maxLength?: number;
}) {
  return (
    <Labelled label={props.label} wide={props.wide ?? false}>
      {(id) => (
        <input
          id={id}
          class={props.code ? "input code" : "input"}
          type="text"
          value={props.value}
          placeholder={props.placeholder}
          autoComplete="off"
          spellcheck={false}
          required={props.required}
          minLength={props.minLength}
          maxLength={props.maxLength ?? 100}
          onInput={(event) => props.onChange(event.currentTarget.value)}
        />
      )}
    </Labelled>
  );
}

export function SelectField(props: {
  label: string;
  value: string;
  /** Value → what it is called. */
  options: readonly (readonly [string, string])[];
  disabled?: boolean;
  onChange: (value: string) => void;
}) {
  return (
    <Labelled label={props.label}>
      {(id) => (
        <select
          id={id}
          class="select"
          disabled={props.disabled}
          value={props.value}
          onChange={(event) => props.onChange(event.currentTarget.value)}
        >
          {props.options.map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

/** A moment in the officer's zone. */
export function MomentField(props: {
  label: string;
  /** Unix seconds; empty when there is none. */
  value: string;
  onChange: (seconds: string) => void;
}) {
  // A date that is half typed is no moment yet, and must stay in the field all the same.
  const [text, setText] = useState(() => toMomentField(props.value));
  useEffect(() => {
    if (props.value !== (fromMomentField(text) ?? "")) setText(toMomentField(props.value));
  }, [props.value]);
  return (
    <Labelled label={props.label}>
      {(id) => (
        <input
          id={id}
          class="input"
          type="datetime-local"
          step="1"
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
            props.onChange(fromMomentField(event.currentTarget.value) ?? "");
          }}
        />
      )}
    </Labelled>
  );
}
