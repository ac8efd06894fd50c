/** Bytes in the forms that rows, messages between threads and the API have them in. */

/** Bytes as the key of a Map or Set, and as they cross threads. */
export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** The same bytes as a Buffer, not copied. */
export function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** What stored bytes say, UTF-8. */
export function textOf(bytes: Uint8Array): string {
  return bufferOf(bytes).toString("utf8");
}
