/** Checkpoints (C2SP tlog-checkpoint): what a log signs. Without extension lines, and without a time. */

/** @param root 32 bytes. @returns the text that is signed. */
export function checkpointText(origin: string, size: number, root: Buffer): string {
  return `${origin}\n${size}\n${root.toString("base64")}\n`;
}
