import { cp, mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readSiteDirectory } from "../../../gateway/sites/directory/read.ts";
import { PublishError } from "../../../gateway/sites/sites.ts";
import { fixtures } from "../installation.ts";

/** A copy of the fixture site that a test may spoil. */
async function copy(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "soglas-site-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(join(fixtures, "shop"), folder, { recursive: true });
  return folder;
}

async function problems(folder: string): Promise<string[]> {
  try {
    await readSiteDirectory(folder);
    return [];
  } catch (error) {
    if (!(error instanceof PublishError)) throw error;
    return error.issues.map(({ path }) => path);
  }
}

test("the expected files, byte by byte", async () => {
  const files = await readSiteDirectory(join(fixtures, "shop"));
  expect([...files.keys()]).toEqual([
    "consent/en.md",
    "consent/ru.md",
    "policy/en.md",
    "policy/ru.md",
    "site.json",
    "summary/en.json",
    "summary/ru.json",
  ]);
  expect(new TextDecoder().decode(files.get("consent/en.md"))).toBe(
    "# Consent\n\nI agree that visits are counted.\n",
  );
});

test("hidden files are passed over, others reported", async () => {
  const folder = await copy();
  await writeFile(join(folder, ".DS_Store"), "x");
  expect(await problems(folder)).toEqual([]);
  await writeFile(join(folder, "policy", "ru.md~"), "x");
  await writeFile(join(folder, "README.md"), "x");
  expect(await problems(folder)).toEqual(["README.md", "policy/ru.md?"]);
});

test("a link leads nowhere, to a file or to a folder", async () => {
  const folder = await copy();
  const outside = await copy();
  await rm(join(folder, "site.json"));
  await symlink(join(outside, "site.json"), join(folder, "site.json"));
  await rm(join(folder, "policy"), { recursive: true });
  await symlink(join(outside, "policy"), join(folder, "policy"));
  expect(await problems(folder)).toEqual(["policy", "site.json"]);
});

test("the directory itself may be reached by a link", async () => {
  const folder = await copy();
  await symlink(folder, `${folder}-link`);
  onTestFinished(() => rm(`${folder}-link`));
  expect(await problems(`${folder}-link`)).toEqual([]);
});

test("a file that is too large is not read", async () => {
  const folder = await copy();
  await writeFile(join(folder, "summary", "ru.json"), Buffer.alloc(32 * 1024 + 1, 32));
  expect(await problems(folder)).toEqual(["summary/ru.json"]);
});

test("a folder in the place of a file, and a file in the place of a folder", async () => {
  const folder = await copy();
  await rm(join(folder, "policy", "ru.md"));
  await mkdir(join(folder, "policy", "ru.md"));
  await rename(join(folder, "consent"), join(folder, ".consent"));
  await writeFile(join(folder, "consent"), "x");
  expect(await problems(folder)).toEqual(["consent", "policy/ru.md"]);
});

test("what is no site directory is named so", async () => {
  expect(await problems(join(fixtures, "nowhere"))).toEqual([""]);
  expect(await problems(join(fixtures, "shop", "site.json"))).toEqual([""]);
  const empty = await mkdtemp(join(tmpdir(), "soglas-site-"));
  onTestFinished(() => rm(empty, { recursive: true }));
  expect(await problems(empty)).toEqual(["site.json"]);
});
