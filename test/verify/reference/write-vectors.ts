/**
 * Writes test/verify/vectors again: `node test/verify/reference/write-vectors.ts`, then oxfmt. The vectors are
 * committed, so that other implementations can be held to them; vectors.test.ts sees that they still are
 * what the reference implementation makes.
 */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { consistencyVectors, inclusionVectors } from "./proof-vectors.ts";
import { checkpointVectors, noteVectors, receiptVectors } from "./signed-vectors.ts";
import type { Vectors } from "./vector.ts";

export const vectorFolder = join(import.meta.dirname, "../vectors/mutations");

export function allVectors(): Vectors {
  return {
    ...inclusionVectors(),
    ...consistencyVectors(),
    ...noteVectors(),
    ...checkpointVectors(),
    ...receiptVectors(),
  };
}

if (import.meta.main) {
  await rm(vectorFolder, { recursive: true, force: true });
  await mkdir(vectorFolder, { recursive: true });
  for (const [name, vector] of Object.entries(allVectors()))
    await writeFile(join(vectorFolder, `${name}.json`), JSON.stringify(vector, null, 2));
}
