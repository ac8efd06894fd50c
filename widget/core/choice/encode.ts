import type { TagConfig } from "../../../gateway/contract/widget.ts";
import type { Saved } from "./saved.ts";

/** What the browser remembers, as the cookie's value: the reverse of `decodeSaved`. */
export function encodeSaved(
  { secret, counter, time, choice }: Saved,
  { asked, revision }: TagConfig,
): string {
  const choices = BigInt("0b1" + asked.map((id) => (choice?.[id] ? 1 : 0)).join(""));
  const under = choice ? revision : "--------";
  return [1, secret, counter.toString(36), time.toString(36), choices.toString(16), under].join(
    ".",
  );
}
