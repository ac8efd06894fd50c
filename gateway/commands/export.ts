import { open } from "node:fs/promises";
import { exportForm } from "../contract/staff/export.ts";
import { recordFilter, type RecordFilter } from "../contract/staff/search.ts";
import { auditedFilter } from "../staff/search/audited.ts";
import { UsageError, withGateway, type Command } from "./command.ts";

/** Writes records with their proof into a file, for whoever has the machine, beside a running gateway. */
export const exportCommand: Command = {
  usage:
    "export --site S --out FILE [--form csv|jsonl|receipts] [--from DATE] [--to DATE] [--filter NAME=VALUE]...",
  purpose: "write records into a file that `verify export` can check",
  options: {
    site: { type: "string" },
    out: { type: "string" },
    form: { type: "string" },
    from: { type: "string" },
    to: { type: "string" },
    filter: { type: "string", multiple: true },
  },
  async run(positionals, values, print) {
    const { site, out, form: wanted = "csv" } = values;
    if (positionals.length > 0 || typeof site !== "string" || typeof out !== "string")
      throw new UsageError("name the site and the file as options");
    const form = exportForm.safeParse(wanted);
    if (!form.success) throw new UsageError(`--form is one of ${exportForm.options.join(", ")}`);
    const filter = readFilter(values);
    return withGateway(async ({ sites, exports, staff }) => {
      const config = await sites.effective(site);
      if (!config) throw new UsageError("--site names a site that was never published here");
      const note = (done: boolean, count: number) =>
        staff.audit.note({
          keyId: "command",
          action: "records.export",
          detail: { site, form: form.data, done, ...auditedFilter(filter, config.site) },
          count,
        });
      await note(false, 0);
      const { chunks, keys, records } = await exports.open(site, filter, form.data);
      await write(out, chunks);
      await note(true, records());
      print(`${counted(records())} in ${out}; to check it anywhere:`);
      print(`soglas verify export ${out} ${keys.map((key) => `--key ${key}`).join(" ")}`);
      return 0;
    });
  },
};

/** A new file: an export never takes the place of another. */
async function write(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    for await (const chunk of chunks) await file.write(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** @throws {UsageError} */
function readFilter(values: Record<string, unknown>): RecordFilter {
  const given = Array.isArray(values["filter"]) ? values["filter"].map(String) : [];
  const pairs = given.map((text) => {
    const split = text.indexOf("=");
    return [text.slice(0, Math.max(split, 0)), text.slice(split + 1)];
  });
  for (const name of ["from", "to"])
    if (values[name] !== undefined) pairs.push([name, String(seconds(name, values[name]))]);
  const filter = recordFilter.safeParse(Object.fromEntries(pairs));
  if (filter.success) return filter.data;
  throw new UsageError(
    `--filter takes NAME=VALUE with one of these names: ${Object.keys(recordFilter.shape).join(", ")}`,
  );
}

/** @throws {UsageError} */
function seconds(name: string, value: unknown): number {
  const at = Date.parse(String(value));
  if (!Number.isFinite(at))
    throw new UsageError(`--${name} is a date such as 2026-05-04 or 2026-05-04T09:00:00Z`);
  return Math.floor(at / 1000);
}

const counted = (count: number) => `${count} ${count === 1 ? "record" : "records"}`;
