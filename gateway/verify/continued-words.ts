/** What a log says of the one it continues, and what was checked of it, in plain English. */
import { toBase64 } from "./bytes.ts";
import type { Continued } from "./epoch.ts";

const entries = (n: number): string =>
  `${n.toLocaleString("en-US")} ${n === 1 ? "entry" : "entries"}`;

/**
 * @param previous null when nothing of the old log was looked at; `left` is how many entries are left of it,
 *   null when only its signature was checked.
 */
export function continuedWords(
  { checkpoint, reason }: Continued,
  previous: { left: number | null } | null,
): string[] {
  const { origin, size, root } = checkpoint;
  return [
    "",
    `  This log continues ${origin}, which could not go on. By its first entry:`,
    "",
    `  ended at  ${entries(size)}`,
    `  root      ${toBase64(root)}`,
    `  reason    ${reason}`,
    "",
    ...checkedWords(size, previous),
  ];
}

function checkedWords(size: number, previous: { left: number | null } | null): string[] {
  if (previous === null)
    return [
      "  Nothing of that log was checked. --previous-key checks that it signed what is quoted here,",
      "  --previous what is left of it.",
    ];
  const signed = "  That log's own key signed the size and the root quoted here.";
  if (previous.left === null)
    return [signed, "  What is left of it was not looked at; --previous does that."];
  if (previous.left === size) return [signed, "  It is still there in full, and was read."];
  return [
    signed,
    `  Of its ${entries(size)}, ${previous.left.toLocaleString("en-US")} are left, and were read. The others are missing: what they`,
    "  held is shown only by receipts given out before. That those left are the first of them",
    "  cannot be shown without the others; an earlier checkpoint or receipt of that log can show it.",
  ];
}
