/** `npm run bench -- <what>`: benchmarks print ratios within one run; they are never tests. */
import { benchLog } from "./log.ts";

const benches: Record<string, () => Promise<void>> = { log: benchLog };

const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : Object.keys(benches)) {
  const bench = benches[name];
  if (!bench) {
    console.error(
      `there is no benchmark of that name; there are: ${Object.keys(benches).join(", ")}`,
    );
    process.exit(2);
  }
  await bench();
}
process.exit(0);
