/** What deleted rows leave behind in files, and the end of it. */
import type { Storage } from "../../storage/storage.ts";
import type { SubjectKeys } from "../subject-keys.ts";

/** @returns false while something is in the way: then every erasure since stays marked. */
export async function removeResidue(
  { main, keys: keyStore }: Storage,
  keys: Pick<SubjectKeys, "keyOf">,
): Promise<boolean> {
  const marked = await main.read
    .selectFrom("erasures")
    .select(["id", "subject"])
    .where("clean", "=", 0)
    .where("destroyed_at", "is not", null)
    .execute();
  const ids: number[] = [];
  for (const { id, subject } of marked)
    if (subject === null || !(await keys.keyOf(subject))) ids.push(id);
  if (ids.length === 0) return true;
  const [rows, rowsOfKeys] = await Promise.all([main.scrub(), keyStore.scrub()]);
  if (!rows || !rowsOfKeys) return false;
  for (const id of ids)
    await main.transaction((trx) =>
      trx.updateTable("erasures").set({ clean: 1 }).where("id", "=", id).execute(),
    );
  return true;
}
