/** What decisions came to, day by day. */
import { useMemo } from "preact/hooks";
import { useConsole } from "../context.ts";
import { Chart } from "./chart.tsx";

/** @param props.counts by UTC day, then by outcome; a day without decisions may be missing */
export function DecisionsChart(props: {
  days: string[];
  counts: ReadonlyMap<string, Partial<Record<string, number>>>;
}) {
  const { days, counts } = props;
  const { texts } = useConsole();
  const { decisions, outcomes } = texts.overview;
  const lines = useMemo(() => {
    const of = (outcome: string) => days.map((day) => counts.get(day)?.[outcome] ?? 0);
    const { granted, partial, refused, withdrawn } = outcomes;
    return [
      { name: granted, colour: "--granted" as const, values: of("granted") },
      { name: partial, colour: "--accent" as const, dash: [2, 3], values: of("partial") },
      { name: refused, colour: "--denied" as const, dash: [8, 4], values: of("refused") },
      {
        name: withdrawn,
        colour: "--warning" as const,
        dash: [8, 3, 2, 3],
        values: of("withdrawn"),
      },
    ];
  }, [days, counts, outcomes]);
  return <Chart heading={decisions} days={days} lines={lines} />;
}
