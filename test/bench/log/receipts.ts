/** Receipts of records that were made a moment ago, each asked for once. */
import { setTimeout as wait } from "node:timers/promises";
import { run } from "../load.ts";
import { connections } from "./recording.ts";

/** Milliseconds that the last of them have to be integrated. */
const settle = 2000;

/** @param ids record ids; the first tenth warms up. */
export async function receiptsPerSecond(url: string, ids: string[]): Promise<number> {
  await wait(settle);
  const ask = (some: string[]) =>
    run({
      url,
      method: "GET",
      path: (place) => `/v1/sites/clinic/receipts/${some[place]!}`,
      headers: {},
      connections,
      bodies: some.map(() => null),
      expected: 200,
    });
  const warm = Math.floor(ids.length / 10);
  await ask(ids.slice(0, warm));
  const { perSecond } = await ask(ids.slice(warm));
  return perSecond;
}
