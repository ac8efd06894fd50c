/**
 * Keys that no record carries: of a visitor whose records have all passed their retention, or of a record
 * that was never committed. Each is put on the list of erasures.
 */
import type { Storage } from "../../storage/storage.ts";
import type { SubjectKeys } from "../subject-keys.ts";
import { hex } from "../bytes.ts";

/** A key younger than this may belong to a record that is being made: milliseconds. */
const youth = 86_400_000;

const pageSize = 300;

/** @param now unix milliseconds. */
export async function listUnusedKeys(
  { main }: Pick<Storage, "main">,
  keys: SubjectKeys,
  now: number,
): Promise<void> {
  let after: Uint8Array | null | undefined;
  do {
    const page = await keys.list({ ...(after && { after }), before: now - youth, limit: pageSize });
    after = page.next;
    if (page.subjects.length > 0) await listUnused(main, page.subjects, now);
  } while (after);
}

async function listUnused(
  main: Storage["main"],
  subjects: Uint8Array[],
  now: number,
): Promise<void> {
  const used = await main.read
    .selectFrom("records")
    .select("subject")
    .distinct()
    .where("subject", "in", subjects)
    .execute();
  const names = new Set(used.map(({ subject }) => hex(subject!)));
  const unused = subjects.filter((subject) => !names.has(hex(subject)));
  if (unused.length === 0) return;
  await main.transaction((trx) =>
    trx
      .insertInto("erasures")
      .values(
        unused.map((subject) => ({
          site: null,
          cause: "unused",
          subject,
          visitors: 1,
          requested_at: now,
          destroyed_at: null,
          clean: 0,
          told: 0,
        })),
      )
      .onConflict((conflict) => conflict.column("subject").doNothing())
      .execute(),
  );
}
