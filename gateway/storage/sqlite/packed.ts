/**
 * Values as they travel between the event loop and a database's thread. Blobs travel together in one buffer
 * that changes hands: a message with hundreds of small arrays costs more than the statement it belongs to.
 */

/** What a message may carry as it is. */
export type Plain = null | number | bigint | string;

export type Value = Plain | Uint8Array;

export interface Packed {
  /** In order; null in the place of a blob. */
  plain: Plain[];
  /** Place and length of each blob in turn; they follow each other in `bytes`. */
  blobs: number[];
  bytes: Uint8Array<ArrayBuffer>;
}

/** @param values is taken over: blobs are replaced in it. */
export function pack(values: Value[]): Packed {
  const blobs: number[] = [];
  const found: Uint8Array[] = [];
  let length = 0;
  for (let place = 0; place < values.length; place += 1) {
    const value = values[place];
    if (!(value instanceof Uint8Array)) continue;
    blobs.push(place, value.length);
    found.push(value);
    length += value.length;
    values[place] = null;
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const blob of found) {
    bytes.set(blob, offset);
    offset += blob.length;
  }
  // No blob is left in it.
  return { plain: values as Plain[], blobs, bytes };
}

/** @returns the values; blobs are views of one buffer. */
export function unpack({ plain, blobs, bytes }: Packed): Value[] {
  const values: Value[] = plain;
  let offset = 0;
  for (let at = 0; at < blobs.length; at += 2) {
    const end = offset + blobs[at + 1]!;
    values[blobs[at]!] = bytes.subarray(offset, end);
    offset = end;
  }
  return values;
}
