/** Random bytes drawn in stock: one draw from the operating system costs more than a thousand bytes of it. */
import { randomFillSync } from "node:crypto";

/** Gives so many random bytes, each of them once; valid until the next call. */
export type RandomSource = (length: number) => Uint8Array;

const stockLength = 4096;

export function randomStock(): RandomSource {
  const stock = Buffer.alloc(stockLength);
  let used = stockLength;
  return (length) => {
    if (used + length > stockLength) {
      randomFillSync(stock);
      used = 0;
    }
    const start = used;
    used += length;
    return stock.subarray(start, used);
  };
}
