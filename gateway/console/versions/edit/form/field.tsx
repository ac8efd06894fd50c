/** A field of site.json with its label, and its problems right below it. */
import type { ComponentChildren } from "preact";
import { fieldId } from "../problems.ts";
import { valueAt, type Json, type Path } from "../json.ts";
import { useForm } from "./context.ts";

/** What a control needs to be found and understood. */
interface Control {
  id: string;
  "aria-invalid": boolean | undefined;
  "aria-describedby": string | undefined;
}

export function Field(props: {
  path: Path;
  label: string;
  wide?: boolean;
  children: (control: Control, value: Json | undefined) => ComponentChildren;
}) {
  const { site, problems } = useForm();
  const field = props.path.join(".");
  const messages = problems.get(field) ?? [];
  const id = fieldId(field);
  const isWrong = messages.length > 0;
  return (
    <div class={props.wide ? "labelled wide" : "labelled"}>
      <label for={id}>{props.label}</label>
      {props.children(
        {
          id,
          "aria-invalid": isWrong || undefined,
          "aria-describedby": isWrong ? `${id}-problem` : undefined,
        },
        valueAt(site, props.path),
      )}
      {isWrong && (
        // Written by the gateway, in the words that `soglas check` prints.
        <p class="problem" id={`${id}-problem`} lang="en">
          {messages.join("; ")}
        </p>
      )}
    </div>
  );
}
