/** Values that were given and not kept: counted by reason, and forgotten. */
import type { PersonalDataKind } from "./personal-data.ts";

/** Why a value was not kept. These words are counted and shown. */
export type DropReason =
  | PersonalDataKind
  /** No table keeps its name. */
  | "unlisted"
  /** It could say what the mask of its page hides. */
  | "masked"
  /** Empty, out of range, of another type, or encoded so that it cannot be read. */
  | "form";

/** Told of every value that is not kept, and never the value. */
export type OnDrop = (reason: DropReason) => void;
