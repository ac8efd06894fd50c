/** The kinds of fields that site.json has. Whatever is typed goes into the draft: the gateway says what is wrong. */
import { useState } from "preact/hooks";
import type { Json, Path } from "../json.ts";
import { useForm } from "./context.ts";
import { Field } from "./field.tsx";

interface Props {
  path: Path;
  label: string;
  wide?: boolean;
}

const asText = (value: Json | undefined) =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

/** @param props.optional an empty field is none at all */
export function TextInput(props: Props & { optional?: boolean; long?: boolean; lang?: string }) {
  const { change } = useForm();
  const take = (text: string) =>
    change(props.path, text === "" && props.optional ? undefined : text);
  return (
    <Field {...props}>
      {(control, value) =>
        props.long ? (
          <textarea
            {...control}
            class="input area"
            lang={props.lang}
            rows={3}
            value={asText(value)}
            onInput={(event) => take(event.currentTarget.value)}
          />
        ) : (
          <input
            {...control}
            class="input"
            type="text"
            lang={props.lang}
            autoComplete="off"
            value={asText(value)}
            onInput={(event) => take(event.currentTarget.value)}
          />
        )
      }
    </Field>
  );
}

/** @param props.usual what counts where the field is left empty */
export function NumberInput(props: Props & { usual: number }) {
  const { change } = useForm();
  return (
    <Field {...props}>
      {(control, value) => (
        <input
          {...control}
          class="input"
          type="number"
          inputMode="numeric"
          placeholder={String(props.usual)}
          value={asText(value)}
          onInput={(event) => {
            const { value: text, valueAsNumber } = event.currentTarget;
            change(props.path, text === "" ? undefined : valueAsNumber);
          }}
        />
      )}
    </Field>
  );
}

/** @param props.usual what counts where the field is absent; "" when it must be there */
export function SelectInput(
  props: Props & { usual: string; options: readonly (readonly [string, string])[] },
) {
  const { change } = useForm();
  return (
    <Field {...props}>
      {(control, value) => (
        <select
          {...control}
          class="select"
          value={asText(value) || props.usual}
          onChange={(event) => change(props.path, event.currentTarget.value || undefined)}
        >
          {props.options.map(([option, name]) => (
            <option key={option} value={option}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function CheckInput(props: Props) {
  const { change } = useForm();
  return (
    <Field {...props}>
      {(control, value) => (
        <input
          {...control}
          class="check"
          type="checkbox"
          checked={value === true}
          onChange={(event) => change(props.path, event.currentTarget.checked)}
        />
      )}
    </Field>
  );
}

export function ColourInput(props: Props & { usual: string }) {
  const { change } = useForm();
  return (
    <Field {...props}>
      {(control, value) => (
        <input
          {...control}
          class="input colour"
          type="color"
          value={asText(value) || props.usual}
          onInput={(event) => change(props.path, event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** A list, an entry a line. @param props.optional an empty list is none at all */
export function LinesInput(props: Props & { optional?: boolean }) {
  const { change, problems } = useForm();
  // Problems of entries stand below the list, with the number of the line.
  const field = props.path.join(".");
  const ofEntries = [...problems].flatMap(([path, messages]) => {
    const line = path.startsWith(`${field}.`) ? Number(path.slice(field.length + 1)) : Number.NaN;
    return Number.isInteger(line) ? [`${line + 1}: ${messages.join("; ")}`] : [];
  });
  const [text, setText] = useState<string | null>(null);
  return (
    <Field {...props}>
      {(control, value) => (
        <>
          <textarea
            {...control}
            class="input area code"
            rows={3}
            spellcheck={false}
            aria-invalid={control["aria-invalid"] || ofEntries.length > 0 || undefined}
            aria-describedby={
              [control["aria-describedby"], ofEntries.length > 0 && `${control.id}-entries`]
                .filter(Boolean)
                .join(" ") || undefined
            }
            value={text ?? (Array.isArray(value) ? value.map(asText).join("\n") : "")}
            onInput={(event) => {
              setText(event.currentTarget.value);
              const lines = event.currentTarget.value
                .split("\n")
                .map((line) => line.trim())
                .filter((line) => line !== "");
              change(props.path, lines.length === 0 && props.optional ? undefined : lines);
            }}
            // Half-typed lines stay as they are until the field is left.
            onBlur={() => setText(null)}
          />
          {ofEntries.length > 0 && (
            <p class="problem" id={`${control.id}-entries`} lang="en">
              {ofEntries.join(" · ")}
            </p>
          )}
        </>
      )}
    </Field>
  );
}

/** Anything that has no field of its own, as JSON. */
export function JsonInput(props: Props & { wrong: string }) {
  const { change } = useForm();
  const [text, setText] = useState<string | null>(null);
  const [isWrong, setWrong] = useState(false);
  return (
    <Field {...props}>
      {(control, value) => (
        <>
          <textarea
            {...control}
            class="input area code"
            rows={4}
            spellcheck={false}
            aria-invalid={control["aria-invalid"] || isWrong || undefined}
            value={text ?? (value === undefined ? "" : JSON.stringify(value, null, 1))}
            onInput={(event) => {
              const typed = event.currentTarget.value;
              setText(typed);
              try {
                change(props.path, typed.trim() === "" ? undefined : (JSON.parse(typed) as Json));
                setWrong(false);
              } catch {
                setWrong(true);
              }
            }}
            onBlur={() => !isWrong && setText(null)}
          />
          {isWrong && <p class="problem">{props.wrong}</p>}
        </>
      )}
    </Field>
  );
}
