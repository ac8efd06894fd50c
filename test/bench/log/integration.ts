/** How long after its answer a record is signed and integrated: sampled while others load the gateway. */
import { setTimeout as wait } from "node:timers/promises";
import type { Recording } from "./recording.ts";

/** Milliseconds between two looks at one receipt, and between two samples. */
const look = 10;
const pause = 100;

export interface Integration {
  records: number;
  /** Milliseconds. */
  p50: number;
  longest: number;
}

export async function timeToIntegrate(
  recording: Recording,
  end: AbortSignal,
): Promise<Integration> {
  const times: number[] = [];
  const samples: Promise<void>[] = [];
  while (!end.aborted) {
    samples.push(sample(recording).then((time) => void times.push(time)));
    await wait(pause);
  }
  await Promise.all(samples);
  times.sort((a, b) => a - b);
  return {
    records: times.length,
    p50: times[Math.floor(times.length / 2)]!,
    longest: times.at(-1)!,
  };
}

async function sample(recording: Recording): Promise<number> {
  const id = await recording.one();
  const answered = performance.now();
  while ((await recording.receipt(id)) !== 200) await wait(look);
  return performance.now() - answered;
}
