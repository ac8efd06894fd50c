import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ordinaryFiles } from "../sites/ordinary.ts";
import { soglas } from "./soglas.ts";

let folder: string;
const run = (...words: string[]) => soglas({ folder }, "build", ...words);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "soglas-build-"));
  for (const [path, bytes] of await ordinaryFiles()) {
    await mkdir(dirname(join(folder, "site", path)), { recursive: true });
    await writeFile(join(folder, "site", path), bytes);
  }
});
afterAll(() => rm(folder, { recursive: true }));

describe("soglas build", () => {
  it("writes what every page of a static host needs, readable by its server, and says what is lost", async () => {
    const out = join(folder, "public");
    const { code, said } = await run(join(folder, "site"), "--out", out, "--at", "/consent/");
    expect(said).toContain('in every page: <script async src="/consent/ordinary.js"></script>');
    expect(said).toContain("No record is made of any decision");
    expect(code).toBe(0);

    const tag = await readFile(join(out, "ordinary.js"), "utf8");
    expect(tag).toContain('"gateway":"/consent"');
    expect((await stat(join(out, "ordinary.js"))).mode & 0o777).toBe(0o644);
    const written = (await readdir(out, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(out.length));
    const of = (form: RegExp) => written.filter((path) => form.test(path)).length;
    const [config] = /(?<="config":")[^"]+/.exec(tag)!;
    expect(of(new RegExp(`^/w/ordinary/${config}/(en|ru)(\\.js|/record\\.js)$`))).toBe(4);
    expect(of(/^\/p\/ordinary\/(policy|consent)\/[\w-]{43}\/(en|ru)\.html$/)).toBe(4);
    // The tag is the same as long as its site is.
    await run(join(folder, "site"), "--out", out, "--at", "/consent");
    expect(await readFile(join(out, "ordinary.js"), "utf8")).toBe(tag);
  });

  it("refuses what only a gateway can do", async () => {
    const { code, said } = await run(join(import.meta.dirname, "../../demo/sites/clinic-eu"));
    expect(said).toMatch(/site\.json: services\.\d+\.mode: is "gateway", and files have none/);
    expect(code).toBe(1);
  });

  it("refuses an address that an attribute could not hold", async () => {
    expect(await run(join(folder, "site"), "--at", '/"onload=x')).toMatchObject({ code: 2 });
    expect(await run()).toMatchObject({ code: 2 });
  });
});
