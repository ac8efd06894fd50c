/** An export on its way into a file: taken piece by piece, counted, and kept out of memory. */

export interface Received {
  bytes: number;
  /** Line ends so far: a row each. */
  rows: number;
}

/** Pieces are put together to this many bytes, and then handed to the browser, which may keep them on disk. */
const portion = 8 * 1024 * 1024;

/**
 * @param progress told after every piece
 * @returns the whole file
 * @throws {unknown} what the stream broke off with
 */
export async function receive(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  progress: (received: Received) => void,
): Promise<Blob> {
  const portions: Blob[] = [];
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  let held = 0;
  const received: Received = { bytes: 0, rows: 0 };
  const handOver = () => {
    portions.push(new Blob(pieces));
    pieces = [];
    held = 0;
  };
  const reader = body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const { value } = next;
    pieces.push(value);
    held += value.length;
    received.bytes += value.length;
    received.rows += lineEnds(value);
    if (held >= portion) handOver();
    progress({ ...received });
  }
  handOver();
  return new Blob(portions);
}

function lineEnds(piece: Uint8Array): number {
  let count = 0;
  for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) count += 1;
  return count;
}
