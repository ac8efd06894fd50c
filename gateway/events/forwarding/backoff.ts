/** How long to wait before another attempt. */

const first = 1000;
const longest = 10 * 60_000;

/**
 * Exponential backoff with full jitter: anywhere between nothing and a bound that doubles with every
 * attempt, so that what failed together does not come back together.
 * @param attempts failed so far, from 1
 * @param random in [0, 1)
 * @returns milliseconds
 */
export function backoff(attempts: number, random: number): number {
  return Math.floor(random * Math.min(longest, first * 2 ** Math.min(attempts, 30)));
}
