/** What every field of the form needs: the site.json it stands for, its problems, and a way to change it. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Json, Path } from "../json.ts";

interface Form {
  site: Json;
  /** Every text is asked for in each of these. */
  languages: string[];
  /** Messages by field. */
  problems: ReadonlyMap<string, string[]>;
  /** @param value undefined takes the field away */
  change(path: Path, value: Json | undefined): void;
}

export const FormContext = createContext<Form | null>(null);

export function useForm(): Form {
  const form = useContext(FormContext);
  if (!form) throw new Error("a field stands outside the form");
  return form;
}
