import { mkdtemp, rename, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openLocations } from "../../gateway/locations.ts";
import { jsonLogger } from "../../gateway/logger.ts";
import { mmdb } from "../privacy/mmdb.ts";

const address = "203.0.113.77";
const fileOf = (country: string) => mmdb({ "203.0.113.0/24": { country: { iso_code: country } } });

let folder: string;
let path: string;
let logged: string[];
const clock = { at: 1_000_000, now: () => clock.at };
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "soglas-locations-"));
  path = join(folder, "countries.mmdb");
  logged = [];
  await writeFile(path, fileOf("RU"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = () =>
  openLocations(
    { path, detail: "country" },
    { clock, logger: jsonLogger("info", (line) => logged.push(line)) },
  );

/** As a weekly download does it: a whole new file in one step, with a time of its own. */
async function replace(bytes: Buffer, minute: number): Promise<void> {
  await writeFile(`${path}.new`, bytes);
  await utimes(`${path}.new`, minute * 60, minute * 60);
  await rename(`${path}.new`, path);
}

it("reads a file that was replaced, a minute later and without a restart", async () => {
  const locate = await open();
  expect(locate(address).country).toBe("RU");
  await replace(fileOf("KZ"), 1);
  clock.at += 59_000;
  expect(locate(address).country).toBe("RU");
  clock.at += 1000;
  await vi.waitFor(() => expect(locate(address).country).toBe("KZ"));
  expect(logged).toHaveLength(1);
});

it("keeps the last good file when the next one is damaged, and says so without its path", async () => {
  const locate = await open();
  await replace(Buffer.from("half a file"), 1);
  clock.at += 60_000;
  locate(address);
  await vi.waitFor(() => expect(logged).toHaveLength(1));
  expect(locate(address).country).toBe("RU");
  expect(logged[0]).toContain('"level":50');
  expect(logged[0]).not.toContain(folder);
});

it("does not start without the file it was told of", async () => {
  await rm(path);
  await expect(open()).rejects.toThrow("SOGLAS_GEO_FILE");
});

it("knows no place without a file", async () => {
  const locate = await openLocations(null, { clock, logger: jsonLogger("silent") });
  expect(locate(address)).toEqual({ country: null, region: null });
});
