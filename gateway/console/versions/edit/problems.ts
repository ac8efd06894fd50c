/** Where a problem of a draft stands. */
import type { DraftAnswer } from "../../../contract/staff/versions.ts";

type Issue = DraftAnswer["issues"][number];

export interface Problem {
  /** Path of the file; empty: none of them. */
  file: string;
  /** `services.1.purpose`; empty: the file as a whole. */
  field: string;
  message: string;
}

export function problemOf({ path, message }: Issue): Problem {
  const [file = "", ...field] = path.split(": ");
  return { file, field: field.join(": "), message };
}

/** Id of the form's element for a field of `site.json`. */
export const fieldId = (field: string): string => `field-${field}`;
