/**
 * Kinds of decisions: what many records share word for word (`decision_tails`). Everything staff search
 * by, but for time and validity, is said by the kind, so a filter is tried on kinds and not on records.
 */
import type { Kysely } from "kysely";
import { textOf } from "../../log/bytes.ts";
import { decodeTail, type DecisionTail } from "../../log/decision-half.ts";
import type { Database } from "../../storage/schema.ts";

/** The part of a decision half that its tail holds. */
export type Kind = DecisionTail;

export interface Kinds {
  /** What these rows of `decision_tails` say, by their ids. */
  load(ids: number[]): Promise<Map<number, Kind>>;
}

/** Kinds kept in memory, about 1 kB each. */
const remembered = 8192;

/** Kinds of one statement. */
const together = 500;

export function openKinds(db: Kysely<Database>): Kinds {
  /** Rows never change, so what was read once may be remembered; the one used longest ago goes first. */
  const known = new Map<number, Kind>();

  async function read(ids: number[]): Promise<void> {
    for (let at = 0; at < ids.length; at += together) {
      const rows = await db
        .selectFrom("decision_tails")
        .select(["id", "tail"])
        .where("id", "in", ids.slice(at, at + together))
        .execute();
      for (const { id, tail } of rows) known.set(id, decodeTail(textOf(tail)));
    }
  }

  return {
    async load(ids) {
      await read(ids.filter((id) => !known.has(id)));
      const kinds = new Map<number, Kind>();
      for (const id of ids) {
        const kind = known.get(id);
        if (!kind) continue;
        kinds.set(id, kind);
        known.delete(id);
        known.set(id, kind);
      }
      for (const oldest of known.keys()) {
        if (known.size <= remembered) break;
        known.delete(oldest);
      }
      return kinds;
    },
  };
}

/** What records of a kind are searched by, as `record_kinds` has it. */
export function kindColumns(kind: Kind) {
  const { config, action, place, control, language, country, browser, device } = kind;
  return {
    config,
    action,
    place,
    control,
    language,
    country: country ?? "",
    // Records hold the family, with a version or without: `firefox 140`.
    browser: browser.split(" ", 1)[0]!.toLowerCase(),
    device,
    purposes: stateWords(kind.purposes),
    services: stateWords(kind.services),
  };
}

/** How the state of one purpose or service stands among them. */
export const stateWord = (id: string, state: string): string => ` ${id}=${state} `;

const stateWords = (states: Record<string, string>): string =>
  Object.entries(states)
    .map(([id, state]) => stateWord(id, state))
    .join("");
