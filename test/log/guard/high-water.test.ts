/** High-water marks as files, in a folder that gateways may share. */
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { highWater, type Mark } from "../../../gateway/log/guard/high-water.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "soglas-marks-"));
  onTestFinished(() => rm(folder, { recursive: true }));
});

const origin = "log.example/2026";
const mark = (size: number, root = `root ${size}`): Mark => ({
  origin,
  size,
  root,
  checkpoint: size === 0 ? null : `note ${size}`,
});

it("never go back, however late one is written, and whoever else writes", async () => {
  const [one, other] = [highWater(folder), highWater(folder)];
  expect(await one.read(origin)).toBeNull();
  expect(await one.write(mark(0))).toEqual(mark(0));
  expect(await other.write(mark(110))).toEqual(mark(110));
  // Whoever comes too late, or with another history of the same size, is told which one stands.
  expect(await one.write(mark(100))).toEqual(mark(110));
  expect(await one.write(mark(110, "another root"))).toEqual(mark(110));
  expect(await one.read(origin)).toEqual(mark(110));
});

it("are whole whoever writes at the same time, under the same process id too", async () => {
  const gateways = Array.from({ length: 8 }, () => highWater(folder));
  await Promise.all(gateways.map((marks, n) => marks.write(mark(n + 1))));
  const standing = await gateways[0]!.read(origin);
  expect(standing).toEqual(mark(standing!.size));
  expect(await readdir(folder)).toHaveLength(1);
});

it("are replaced where they are damaged, and never taken for absent", async () => {
  const marks = highWater(folder);
  await marks.write(mark(5));
  const [file] = await readdir(folder);
  await writeFile(join(folder, file!), "{");
  await expect(marks.read(origin)).rejects.toThrow("damaged");
  expect(await marks.write(mark(6))).toEqual(mark(6));
  expect(await marks.read(origin)).toEqual(mark(6));
});
