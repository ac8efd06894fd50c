/** Days as the gateway counts in: UTC, `2026-05-04`. */
const day = 86_400_000;

const written = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10);

/** The last days up to today, the oldest first. @param now Unix milliseconds */
export function lastDays(count: number, now: number): string[] {
  return Array.from({ length: count }, (_, at) => written(now - (count - 1 - at) * day));
}
