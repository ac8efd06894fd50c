/** `npm run bench -- <what>`: benchmarks print ratios within one run; they are never tests. */
import { parseArgs } from "node:util";
import { benchConsole } from "./console/console.ts";
import { benchEvents } from "./events.ts";
import { benchLog } from "./log/log.ts";
import { benchWidget } from "./widget.ts";

const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    /** Of `console`. */
    records: { type: "string", default: "1000000" },
    engine: { type: "string", multiple: true, default: ["sqlite", "postgres"] },
  },
});

const benches: Record<string, () => Promise<void>> = {
  log: benchLog,
  widget: benchWidget,
  events: benchEvents,
  console: () => benchConsole({ records: Number(values.records), engines: values.engine }),
};

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
