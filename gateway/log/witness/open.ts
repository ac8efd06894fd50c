/** Everything about witnesses that the rest of a gateway deals with, put together. */
import type { Clock } from "../../clock.ts";
import type { WitnessSettings } from "../../contract/witnesses.ts";
import type { Logger } from "../../logger.ts";
import type { Storage } from "../../storage/storage.ts";
import type { Guard } from "../guard/guard.ts";
import { openPastTrees } from "../past-trees.ts";
import type { NamedLog } from "../named-logs.ts";
import type { Checkpoint, Published } from "../published.ts";
import { witnessClient } from "./client.ts";
import { openCosigned } from "./cosigned.ts";
import { heedWitnesses } from "./guarded.ts";
import { openWitnesses, type Witnesses } from "./witnesses.ts";

/** What the log says of a witness: its own word, which nothing else vouches for. */
export interface NamedWitness {
  key: string;
  operator: string;
  relation: WitnessSettings["relation"];
}

/** What a proof brings along about witnesses; docs/log-format.md, "Receipt". */
export interface Evidence {
  /** The last cosigned checkpoint before the entry. */
  earlier?: string;
  witnesses?: NamedWitness[];
}

/** As {@link Published}, with the lines of witnesses on checkpoints. */
export interface WitnessedPublished extends Published {
  /** Under the cosigned checkpoint that dates the entry best, or else under the newest. */
  proof(
    log: NamedLog,
    index: number,
  ): Promise<{ path: Buffer[]; checkpoint: Checkpoint; evidence?: Evidence } | null>;
}

export interface Witnessing extends Pick<Witnesses, "look" | "start" | "run" | "stop"> {
  /** Those that are asked now. */
  list: NamedWitness[];
  published: WitnessedPublished;
  /** The newest checkpoint that a witness cosigned; null when there is none. */
  newest(log: NamedLog): Promise<Checkpoint | null>;
  /** What witnesses saw, beside the high-water marks. */
  guarded(guard: Guard | null): Guard | null;
}

export interface WitnessingDeps {
  storage: Pick<Storage, "main">;
  published: Published;
  clock: Clock;
  logger: Logger;
  witnesses: WitnessSettings[];
  fetch: typeof fetch;
}

export function openWitnessing(deps: WitnessingDeps): Witnessing {
  const { published, witnesses } = deps;
  const past = openPastTrees(published);
  const cosigned = openCosigned(deps);
  const asked = openWitnesses({ ...deps, past, ask: witnessClient(deps.fetch) });
  const keys = witnesses.map(({ key }) => key);
  const list = witnesses.map(({ key, operator, relation }) => ({ key, operator, relation }));

  /** Of those that signed; one that is configured no longer speaks by its line alone. */
  const named = (notes: string[]): NamedWitness[] =>
    list.filter(({ key }) => {
      const line = `\n— ${key.slice(0, key.indexOf("+"))} `;
      return notes.some((note) => note.includes(line));
    });

  return {
    ...asked,
    list,
    newest: cosigned.newest,
    guarded: (guard) => heedWitnesses(guard, keys),
    published: {
      ...published,
      async newest(log) {
        const newest = await published.newest(log);
        return (
          newest && { ...newest, note: newest.note + (await cosigned.lines(log, newest.size)) }
        );
      },
      async proof(log, index) {
        const checkpoint = await cosigned.covering(log, index);
        const path = checkpoint && (await past.inclusion(log, index, checkpoint.size));
        if (!checkpoint || !path) return published.proof(log, index);
        const earlier = await cosigned.before(log, index);
        const notes = [checkpoint.note, ...(earlier ? [earlier.note] : [])];
        const witnesses = named(notes);
        const evidence = {
          ...(earlier && { earlier: earlier.note }),
          ...(witnesses.length > 0 && { witnesses }),
        };
        return { path, checkpoint, evidence };
      },
    },
  };
}
