import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { placeWhole } from "../built.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "soglas-built-"));
});
afterEach(() => rm(folder, { recursive: true }));

const place = () => join(folder, "dist/widget");

test("a build is put in place whole, also over an earlier one", async () => {
  for (const text of ["first", "second"])
    await placeWhole(place(), async (made) => {
      await mkdir(join(made, "locales"));
      await writeFile(join(made, `${text}.js`), text);
    });
  expect((await readdir(place())).toSorted()).toEqual(["locales", "second.js"]);
  expect(await readFile(join(place(), "second.js"), "utf8")).toBe("second");
  expect(await readdir(join(folder, "dist"))).toEqual(["widget"]);
});

test("a build that fails half-way leaves what was there before, or nothing", async () => {
  const half = async (made: string) => {
    await mkdir(join(made, "locales"));
    throw new Error("interrupted");
  };
  await expect(placeWhole(place(), half)).rejects.toThrow("interrupted");
  expect(await readdir(join(folder, "dist"))).toEqual([]);

  await placeWhole(place(), (made) => writeFile(join(made, "core.js"), "whole"));
  await expect(placeWhole(place(), half)).rejects.toThrow("interrupted");
  expect(await readdir(place())).toEqual(["core.js"]);
  expect(await readdir(join(folder, "dist"))).toEqual(["widget"]);
});

test("while it is made, nothing is in its place", async () => {
  await placeWhole(place(), async () => {
    await expect(readdir(place())).rejects.toThrow("ENOENT");
  });
  expect(await readdir(place())).toEqual([]);
});
