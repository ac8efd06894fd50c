/** A draft that is kept in the tab until it is published: a reload loses nothing. */

export interface KeptDraft {
  /** Version that it was made from. */
  base: string;
  /** Files that differ from it; null: taken out. */
  files: Record<string, string | null>;
}

const key = (site: string) => `soglas-draft-${site}`;

export function readKept(storage: Pick<Storage, "getItem">, site: string): KeptDraft | null {
  try {
    const value = JSON.parse(storage.getItem(key(site)) ?? "null") as Partial<KeptDraft> | null;
    return typeof value?.base === "string" &&
      typeof value.files === "object" &&
      value.files !== null
      ? (value as KeptDraft)
      : null;
  } catch {
    return null;
  }
}

/** @returns false where the browser keeps nothing, or not so much */
export function keep(
  storage: Pick<Storage, "setItem" | "removeItem">,
  site: string,
  draft: KeptDraft | null,
): boolean {
  try {
    if (draft === null) storage.removeItem(key(site));
    else storage.setItem(key(site), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}
