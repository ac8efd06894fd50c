/** What is counted of a decision, so that rates are read and not computed: the rows of `decision_counts`. */
import type { Kind } from "./kinds.ts";

/** What a decision came to: everything that was asked for, some of it, nothing, or taken back. */
export type Outcome = "granted" | "partial" | "refused" | "withdrawn";

/** By what decisions are counted per site and UTC day. `purpose` counts states, the others outcomes. */
export type Dimension = "all" | "config" | "language" | "country" | "purpose";

export interface Counted {
  dimension: Dimension;
  value: string;
  outcome: string;
}

function outcomeOf({ action, purposes }: Pick<Kind, "action" | "purposes">): Outcome {
  if (action === "withdraw") return "withdrawn";
  const states = Object.values(purposes);
  const granted = states.filter((state) => state === "granted").length;
  if (granted === 0) return "refused";
  return granted === states.length ? "granted" : "partial";
}

/** Everything that one decision of this kind adds one to. */
export function countedOf(kind: Kind): Counted[] {
  const outcome = outcomeOf(kind);
  const { config, language, country } = kind;
  return [
    { dimension: "all", value: "", outcome },
    { dimension: "config", value: config, outcome },
    { dimension: "language", value: language, outcome },
    // A country is not always known.
    { dimension: "country", value: country ?? "", outcome },
    ...Object.entries(kind.purposes).map(([value, state]): Counted => ({
      dimension: "purpose",
      value,
      outcome: state,
    })),
  ];
}

/** `2026-05-04`, in UTC. @param seconds Unix time. */
export const utcDay = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().slice(0, 10);
