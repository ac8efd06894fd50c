/** C2SP tlog-tiles, the writing side: every file of a log, by the definition of the n-th tile at level l. */
import { slice, treeHash, type Leaves } from "./tree.ts";

export function tileName(level: number | "entries", n: number, width: number): string {
  const digits = String(n);
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3)
    groups.unshift(digits.slice(Math.max(0, end - 3), end).padStart(3, "0"));
  const last = groups.pop()!;
  const path = [...groups.map((group) => `x${group}`), last].join("/");
  return `tile/${level}/${path}${width === 256 ? "" : `.p/${width}`}`;
}

/** Every tile of a tree, with its hashes. */
export function* tiles(leaves: Leaves): Generator<[string, Buffer]> {
  const size = leaves.end;
  for (let level = 0, each = 1; size >= each; level++, each *= 256) {
    const hashes = Math.floor(size / each);
    for (let n = 0; n * 256 < hashes; n++) {
      const width = Math.min(256, hashes - n * 256);
      const parts: Buffer[] = [];
      for (let i = n * 256; i < n * 256 + width; i++)
        parts.push(treeHash(slice(leaves, i * each, (i + 1) * each)));
      yield [tileName(level, n, width), Buffer.concat(parts)];
    }
  }
}

/** Every entry bundle of a log. */
export function* bundles(entries: Uint8Array[]): Generator<[string, Buffer]> {
  for (let n = 0; n * 256 < entries.length; n++) {
    const some = entries.slice(n * 256, (n + 1) * 256);
    const parts = some.flatMap((entry) => [
      Buffer.of(entry.length >> 8, entry.length & 0xff),
      entry,
    ]);
    yield [tileName("entries", n, some.length), Buffer.concat(parts)];
  }
}
