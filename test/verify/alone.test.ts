/** The verifier is worth something because it stands alone: what it imports is all it trusts. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

const room = join(import.meta.dirname, "../../gateway/verify");
const sources = readdirSync(room, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".ts"),
);

/** What a file imports: paths of the room's own files, and names of anything else. */
const imports = (file: string) =>
  [...readFileSync(join(room, file), "utf8").matchAll(/from "([^"]+)"/g)].map(([, module]) =>
    module!.startsWith(".") ? join(dirname(file), module!) : module!,
  );

/** Everything a file reaches through its imports, itself included. */
function reach(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  if (sources.includes(file)) for (const module of imports(file)) reach(module, seen);
  return seen;
}

it("imports its own files and Node, nothing else", () => {
  const foreign = sources
    .flatMap(imports)
    .filter((module) => !module.startsWith("node:") && !sources.includes(module));
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
