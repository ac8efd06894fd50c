import { checkLogs, type LogCondition } from "../log/fsck.ts";
import { UsageError, withGateway, type Command } from "./command.ts";

/** Compares every log with what was signed of it, beside a running gateway. */
export const fsckCommand: Command = {
  usage: "fsck",
  purpose:
    "build the trees of all logs anew from their entries, and compare them with what was signed",
  options: {},
  async run(positionals, _values, print) {
    if (positionals.length > 0) throw new UsageError("fsck takes no words: it checks every log");
    let isWhole = true;
    await withGateway(({ storage }) =>
      checkLogs(storage, (condition) => {
        isWhole &&= condition.problem === null;
        print(describe(condition));
      }),
    );
    if (!isWhole) print(advice);
    return isWhole ? 0 : 1;
  },
};

function describe({ origin, entries, signed, checkpoints, problem }: LogCondition): string {
  const waiting = entries - signed;
  return problem
    ? `${origin}: DAMAGED: ${problem.message}`
    : `${origin}: whole: ${signed} ${signed === 1 ? "entry" : "entries"} under ${checkpoints} ${checkpoints === 1 ? "checkpoint" : "checkpoints"}${waiting > 0 ? `, ${waiting} not signed yet` : ""}`;
}

const advice = [
  "",
  "What is stored of a log is not what the gateway once signed. It signs nothing more of that log, and goes on",
  "serving what it can. Stop it and keep a copy of the database as it is: it is evidence. An older copy that",
  "this command finds whole serves what was signed up to then; the checkpoints and receipts that were given out",
  "since show what it lacks.",
].join("\n");
