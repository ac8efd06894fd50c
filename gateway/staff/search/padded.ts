/**
 * A list for an `in`, repeated up to a power of two, so that there are few texts of a statement to prepare.
 * @param values at least one
 */
export function padded<T>(values: T[]): T[] {
  const list = [...values];
  while (Math.log2(list.length) % 1 !== 0) list.push(list[0]!);
  return list;
}
