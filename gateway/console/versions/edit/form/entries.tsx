/** A list of purposes or services: each entry a group of fields, with a way to take it out and to add one. */
import type { ComponentChildren } from "preact";
import { isObject, valueAt, type Json } from "../json.ts";
import { useForm } from "./context.ts";

export function Entries(props: {
  list: "purposes" | "services";
  /** What a new entry begins as. */
  fresh: Json;
  add: string;
  remove: string;
  children: (at: number, entry: Json) => ComponentChildren;
}) {
  const { site, change } = useForm();
  const list = valueAt(site, [props.list]);
  const entries = Array.isArray(list) ? list : [];
  return (
    <div class="wide entries">
      {entries.map((entry, at) => {
        const id = isObject(entry) && typeof entry["id"] === "string" ? entry["id"] : `${at + 1}`;
        return (
          // The id is a field of the entry: while it is typed, the entry stays the same one.
          <fieldset key={at} class="entry">
            <legend>
              <code>{id}</code>
            </legend>
            <div class="fields">{props.children(at, entry)}</div>
            <button
              type="button"
              class="button small danger"
              aria-label={`${props.remove}: ${id}`}
              onClick={() => change([props.list, at], undefined)}
            >
              {props.remove}
            </button>
          </fieldset>
        );
      })}
      <button
        type="button"
        class="button"
        onClick={() => change([props.list, entries.length], props.fresh)}
      >
        {props.add}
      </button>
    </div>
  );
}
