/** A witness that is killed between having cosigned and answering: `dying.ts <folder> <body>`. */
import { join } from "node:path";
import { systemClock } from "../../gateway/clock.ts";
import { nodePrimitives } from "../../gateway/verify/node.ts";
import { openWitnessKey } from "../../gateway/witness/key.ts";
import { parseLogs } from "../../gateway/witness/logs.ts";
import { openState } from "../../gateway/witness/state.ts";
import { createWitness } from "../../gateway/witness/witness.ts";

const [folder = "", verifierKey = "", body = ""] = process.argv.slice(2);
const state = openState(join(folder, "witness.sqlite"));
const logs = await parseLogs(verifierKey, nodePrimitives);
const witness = createWitness({
  key: openWitnessKey(join(folder, "key"), null),
  state: {
    ...state,
    advance(...change) {
      const advanced = state.advance(...change);
      if (advanced) process.kill(process.pid, "SIGKILL");
      return advanced;
    },
  },
  trusted: (origin) => logs.get(origin) ?? [],
  clock: systemClock,
  primitives: nodePrimitives,
  onContradiction: () => {},
});
process.send?.(await witness.addCheckpoint(Buffer.from(body)));
