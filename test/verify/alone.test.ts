/** The verifier is worth something because it stands alone: what it imports is all it trusts. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const room = join(import.meta.dirname, "../../gateway/verify");
const imports = (file: string) =>
  [...readFileSync(join(room, file), "utf8").matchAll(/from "([^"]+)"/g)].map(
    ([, module]) => module!,
  );
const sources = readdirSync(room).filter((file) => file.endsWith(".ts"));

/** Everything a file reaches through its imports, itself included. */
function reach(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const module of imports(file))
    if (module.startsWith("./")) reach(module.slice(2), seen);
    else seen.add(module);
  return seen;
}

it("imports its own files and Node, nothing else", () => {
  const foreign = sources.flatMap((file) =>
    imports(file).filter((module) => !/^(\.\/[^/]+|node:.+)$/.test(module)),
  );
  expect(foreign).toEqual([]);
});

it("needs no Node to verify receipts and whole logs", () => {
  for (const file of ["receipt.ts", "log.ts", "http-files.ts", "tile-proofs.ts", "state.ts"])
    expect([...reach(file)].filter((module) => module.startsWith("node:"))).toEqual([]);
});

it("shares no code with the reference it is tested against", () => {
  const reference = join(import.meta.dirname, "reference");
  const shared = readdirSync(reference).filter((file) =>
    /^import (?!type ).*gateway/m.test(readFileSync(join(reference, file), "utf8")),
  );
  expect(shared).toEqual([]);
});
