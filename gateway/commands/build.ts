import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { systemClock } from "../clock.ts";
import { readSettings } from "../env.ts";
import { vendors } from "../events/vendors.ts";
import { loadBuild } from "../sites/builds.ts";
import { readSiteDirectory } from "../sites/directory/read.ts";
import { buildFiles } from "../sites/files.ts";
import { serviceVendors } from "../sites/tags.ts";
import { UsageError, widgetBuild, type Command } from "./command.ts";
import { embeddingLines } from "./embedding.ts";

/** An address of another host, or a path of the site; what an attribute could not hold is none. */
const place = /^(https?:\/\/[\w.:[\]-]+)?(\/[\w.~%-]+)*$/;

/** A site as files for any static host, without an installation. */
export const buildCommand: Command = {
  usage: "build <site directory> [--out <folder>] [--at <path or address>]",
  purpose:
    "write a site's scripts and documents as files that need no gateway, and make no records",
  options: {
    out: { type: "string", default: "soglas" },
    at: { type: "string", default: "/soglas" },
  },
  async run([folder, ...more], { out, at }, print) {
    if (folder === undefined || more.length > 0) throw new UsageError("name one site directory");
    const address = String(at).replace(/\/+$/, "");
    if (!place.test(address))
      throw new UsageError("--at takes a path such as /soglas, or a whole address of a folder");
    const { site, files, embedding } = await buildFiles(await readSiteDirectory(folder), {
      build: await loadBuild(widgetBuild),
      serviceVendors: serviceVendors(vendors),
      scripts: readSettings().vendors,
      at: address,
      now: systemClock.now(),
    });
    // Unlike what other commands write, this is for everybody to read.
    process.umask(0o022);
    for (const [path, text] of files) {
      const file = join(String(out), path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    print(`${site}: ${files.size} files in ${String(out)}, to be served at ${address || "/"}`);
    for (const line of embeddingLines(embedding)) print(line);
    print(
      "No record is made of any decision: visitors' choices are honoured and kept in their browsers, and nobody\n" +
        "can prove later what they were (GDPR art. 7(1), 152-FZ art. 9(3)). That takes a gateway: soglas publish.",
    );
    return 0;
  },
};
