import { checkLogs, type LogCondition } from "../log/fsck/fsck.ts";
import { remedies, type IntegrityCode } from "../log/tree/integrity.ts";
import { UsageError, withGateway, type Command } from "./command.ts";

/** Compares every log with what was signed of it, beside a running gateway. */
export const fsckCommand: Command = {
  usage: "fsck [--adopt]",
  purpose:
    "build the trees of all logs anew from their entries, compare them with what was signed, and records with what their entries commit to; --adopt takes logs without a high-water mark as they are",
  options: { adopt: { type: "boolean" } },
  async run(positionals, { adopt = false }, print) {
    if (positionals.length > 0) throw new UsageError("fsck checks every log");
    const problems = new Set<IntegrityCode>();
    await withGateway(async ({ storage, guard, witnessing }) => {
      if (adopt === true && guard === null)
        throw new UsageError(
          "there are no high-water marks to adopt logs in: set SOGLAS_HIGHWATER_URL or SOGLAS_HIGHWATER",
        );
      await checkLogs(
        { storage, guard: witnessing.guarded(guard), adopt: adopt === true },
        (condition) => {
          if (condition.problem) problems.add(condition.problem.code);
          print(describe(condition));
        },
      );
    });
    for (const remedy of new Set([...problems].map((code) => remedies[code])))
      print(`\nWhat to do: ${remedy}.`);
    return problems.size === 0 ? 0 : 1;
  },
};

function describe(condition: LogCondition): string {
  const { origin, entries, signed, checkpoints, end, problem } = condition;
  if (problem) return `${origin}: NOT RIGHT: ${problem.message}`;
  const waiting = entries > signed ? `, ${entries - signed} not signed yet` : "";
  return `${origin}: ${words[end ?? "open"]}: ${counted(signed, "entry", "entries")} under ${counted(checkpoints, "checkpoint", "checkpoints")}${waiting}`;
}

const words = {
  open: "whole",
  closed: "whole, closed",
  continued: "ended, what is here is whole",
  dropped: "dropped, its final checkpoint is whole",
};

const counted = (count: number, one: string, more: string): string =>
  `${count} ${count === 1 ? one : more}`;
