/** Entry bundles (C2SP tlog-tiles): entries of 256 leaves, each behind its length. */

/** @param entries at most 65,535 bytes each. */
export function encodeBundle(entries: Uint8Array[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    }),
  );
}
