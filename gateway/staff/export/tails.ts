/** Ends of decision halves by their rows: records share them, so an export reads each once. */
import type { Kysely } from "kysely";
import type { Database } from "../../storage/schema.ts";
import { inList } from "../../storage/shapes.ts";

export interface Tail {
  id: number;
  text: string;
}

/** Tails kept in memory, half a kilobyte each. */
const remembered = 16_384;

/** @returns tails for one export. */
export function openTails(db: Kysely<Database>) {
  const known = new Map<number, Tail>();
  return {
    /** @param ids at most some thousands; repetitions are free. */
    async load(ids: number[]): Promise<Map<number, Tail>> {
      const wanted = new Set(ids);
      if (known.size > remembered) known.clear();
      const missing = [...wanted].filter((id) => !known.has(id));
      if (missing.length > 0) {
        const rows = await db
          .selectFrom("decision_tails")
          .select(["id", "tail"])
          .where("id", "in", inList(missing))
          .execute();
        for (const { id, tail } of rows)
          known.set(id, { id, text: Buffer.from(tail).toString("utf8") });
      }
      return new Map([...wanted].map((id) => [id, known.get(id)!]));
    },
  };
}
