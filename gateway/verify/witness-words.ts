/** What witnesses say, in plain English, and what is only said of them. */
import type { Cosignature } from "./cosignature.ts";
import type { Dating } from "./dating.ts";
import { utcTime } from "./facts.ts";
import type { NamedWitness } from "./named-witnesses.ts";

/** @param named witnesses as the log names them: its own word. */
export function witnessWords(cosignatures: Cosignature[], named: NamedWitness[] = []): string[] {
  const others = named.filter(({ name }) => !cosignatures.some(({ witness }) => witness === name));
  return [
    ...cosignatures.flatMap(({ witness, time }) => [
      `  Witness ${witness} saw the same log at ${utcTime(time)}, and saw it only grow until then.`,
      ...named.filter(({ name }) => name === witness).map((each) => `    ${claim(each)}`),
    ]),
    ...(others.length === 0
      ? []
      : [
          "  The log also names witnesses whose keys were not given, so what they signed was not checked:",
          ...others.map((each) => `    ${each.name}: ${claim(each)}`),
        ]),
  ];
}

function claim({ operator, relation }: NamedWitness): string {
  return relation === "independent"
    ? `By the log's own word it is run by ${operator}, who is independent of the log's operator.`
    : `By the log's own word it is run by ${operator}, for the log's own operator: it guards against loss, not against them.`;
}

/** When the entry got into the log, by clocks that are not the log's. */
export function datingWords(dating: Dating | null): string[] {
  if (dating === null) return [];
  const { after, before, fits } = dating;
  const since =
    after === null
      ? ""
      : `after ${utcTime(after.time)}, when ${after.witness} knew the log without it, and `;
  return [
    `  By the clocks of witnesses the entry got into the log ${since}no later than ${utcTime(before.time)}.`,
    ...(fits
      ? []
      : [
          "  ATTENTION: the log's own date of the entry lies outside that time. The log kept the entry back",
          "  from its witnesses, its clock was wrong, or it dated the entry falsely.",
        ]),
  ];
}
