/** Bytes as the key of a Map or Set: what `ConsentLog.inForce` answers under for a subject reference. */
export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
