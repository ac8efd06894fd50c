/**
 * Runs `start(0)`, `start(1)`, … up to `count`, at most `width` at a time, and yields the results in
 * order: reading goes on while what was read is checked.
 */
export async function* readAhead<T>(
  count: number,
  width: number,
  start: (index: number) => Promise<T>,
): AsyncGenerator<T> {
  const running: Promise<T>[] = [];
  const begin = (index: number) => {
    const result = start(index);
    // Whoever stops early never awaits the rest; their failures are of no interest then.
    result.catch(() => undefined);
    running.push(result);
  };
  let next = 0;
  while (next < Math.min(width, count)) begin(next++);
  while (running.length > 0) {
    const result = await running.shift()!;
    if (next < count) begin(next++);
    yield result;
  }
}
