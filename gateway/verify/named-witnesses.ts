/**
 * Witnesses as a log names them, in its log.json and in receipts: who runs them, and whether that is
 * somebody else. It is the log's own word; nothing in the files vouches for it.
 */
import { shownText } from "./json.ts";

export interface NamedWitness {
  /** Verifier key, as the log writes it. */
  key: string;
  /** Name in that key. */
  name: string;
  operator: string;
  relation: "independent" | "own";
}

const most = 16;

/** Reads a list of them; null when it is none. */
export function parseNamedWitnesses(value: unknown): NamedWitness[] | null {
  if (!Array.isArray(value) || value.length > most) return null;
  const named: NamedWitness[] = [];
  for (const each of value) {
    const { relation, ...fields } = Object(each) as Record<string, unknown>;
    const key = shownText(fields["key"]);
    const operator = shownText(fields["operator"]);
    if (key === null || operator === null) return null;
    if (relation !== "independent" && relation !== "own") return null;
    named.push({ key, name: key.split("+", 1)[0]!, operator, relation });
  }
  return named;
}
