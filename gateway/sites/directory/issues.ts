/**
 * What is wrong with a site directory, in words its owner can act on. A report may be pasted into a
 * mail or a ticket: it names files, fields and what belongs there, never the values that stand there.
 */
import type { z } from "zod";
import type { Issue } from "../../contract/errors.ts";

/** Collects problems; one path and message is reported once. */
export interface Report {
  /**
   * @param file relative path of the file
   * @param field where in it (`services.1.purpose`), empty for the file as a whole
   */
  add(file: string, field: string, message: string): void;
  /** In the order of their finding. */
  readonly issues: Issue[];
}

/** A text with hundreds of mistakes is one mistake. */
const maximumIssues = 200;

export function createReport(): Report {
  const found = new Map<string, Issue>();
  return {
    add(file, field, message) {
      const path = field === "" ? file : `${file}: ${field}`;
      if (found.size < maximumIssues) found.set(`${path}\0${message}`, { path, message });
    },
    get issues() {
      return [...found.values()];
    },
  };
}

/** Field names that may be shown: a misspelt field, not a text that lost its place. */
export const showable = /^[A-Za-z$][A-Za-z0-9$_-]{0,39}$/;

/** Adds every problem that a schema found in the JSON of a file. */
export function addSchemaIssues(
  report: Report,
  file: string,
  error: z.ZodError,
  value: unknown,
): void {
  for (const issue of error.issues) {
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys)
        report.add(
          file,
          fieldPath(showable.test(key) ? [...issue.path, key] : issue.path),
          showable.test(key)
            ? "is not a field here; check its spelling or remove it"
            : "has a field that does not belong here; check its spelling or remove it",
        );
    } else report.add(file, fieldPath(issue.path), describe(issue, valueAt(value, issue.path)));
  }
}

function fieldPath(path: PropertyKey[]): string {
  return path
    .map((part) => (typeof part === "number" || showable.test(String(part)) ? String(part) : "*"))
    .join(".");
}

function valueAt(value: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, part) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, part)
        ? (inner as Record<PropertyKey, unknown>)[part]
        : undefined,
    value,
  );
}

/** What a field must be, by the schema's own vocabulary of types. */
const kinds: Record<string, string> = {
  string: "a text in quotes",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list in [ ]",
  object: "an object in { }",
  record: 'texts by language, such as { "en": "…" }',
};

const units: Record<string, string> = {
  string: " characters",
  array: " entries",
  record: " entries",
};

function describe(issue: z.core.$ZodIssue, value: unknown): string {
  const missing = value === undefined ? "is missing; it " : "";
  switch (issue.code) {
    case "invalid_type":
      return `${missing}must be ${kinds[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `${missing}must be ${oneOf(issue.values)}`;
    case "invalid_union":
      return `${missing}must be ${"options" in issue && Array.isArray(issue.options) ? oneOf(issue.options) : "of one of the forms docs/configuration.md shows"}`;
    case "invalid_key":
      return "is not a language tag such as ru or pt-BR";
    case "too_big":
      return `must have at most ${issue.maximum}${units[issue.origin] ?? ""}`.replace(
        /have (?=at most \d+$)/,
        "be ",
      );
    case "too_small":
      return `must have at least ${issue.minimum}${units[issue.origin] ?? ""}`.replace(
        /have (?=at least \d+$)/,
        "be ",
      );
    case "invalid_format":
      if (issue.format === "url") return "must be an address that begins with https://";
      return `must be ${issue.message}`;
    default:
      return "does not have the form that docs/configuration.md shows";
  }
}

const oneOf = (values: readonly unknown[]) => {
  const shown = values.map((value) => JSON.stringify(value));
  return shown.length === 1 ? shown[0]! : `one of ${shown.join(", ")}`;
};
