import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { nodePrimitives } from "../../gateway/verify/node.ts";
import { webPrimitives } from "../../gateway/verify/primitives.ts";
import { check } from "./check.ts";
import type { Vector } from "./reference/vector.ts";
import { allVectors, vectorFolder } from "./reference/write-vectors.ts";

const files = readdirSync(vectorFolder).toSorted();
const read = (file: string) => readFileSync(join(vectorFolder, file), "utf8");

describe("the vectors", () => {
  it("are the ones the reference implementation makes", () => {
    const written = files.map((file) => [file.replace(".json", ""), JSON.parse(read(file))]);
    expect(Object.fromEntries(written)).toEqual(JSON.parse(JSON.stringify(allVectors())));
  });

  it.each([
    ["Node's own hash", nodePrimitives],
    ["WebCrypto, as browsers have it", webPrimitives(crypto.subtle)],
  ])("verify or fail as they say, on %s", async (_, primitives) => {
    const found: Record<string, string> = {};
    const expected: Record<string, string> = {};
    for (const file of files) {
      const vector = JSON.parse(read(file)) as Vector;
      expected[file] = vector.expect;
      found[file] = await check(vector, primitives);
    }
    expect(found).toEqual(expected);
  });
});
