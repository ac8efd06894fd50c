/** A choice made with an earlier tool, on a site that keeps choices in local storage. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openStore } from "../../../../widget/core/store.ts";
import { rememberedChoice } from "../../../../widget/core/choice/saved.ts";
import { config as base } from "../../config.ts";

const names = Object.fromEntries(base.asked.map((id) => [id, ["matomo"]]));
const config = {
  ...base,
  migrate: { from: [{ tool: "klaro" as const, cookie: "klaro", names }], local: true as const },
};
const run = async () => {
  vi.resetModules();
  await import("../../../../widget/core/choice/migrate.ts");
};

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal("SOGLAS_CONFIG", config);
  document.cookie = `klaro=${encodeURIComponent('{"matomo":true}')}; path=/`;
});
afterEach(() => {
  vi.unstubAllGlobals();
  document.cookie = "klaro=; max-age=0; path=/";
});

test("is taken over into the store, once, and no cookie is written", async () => {
  const store = openStore(config.site);
  await run();
  expect(document.cookie).not.toContain(config.cookie + "=");
  expect(rememberedChoice(config, store)).toMatchObject({
    secret: "",
    counter: 0,
    choice: Object.fromEntries(config.asked.map((id) => [id, true])),
  });
  store.set("choice", null);
  await run();
  expect(rememberedChoice(config, store)).toBeNull();
});

test("does not stand in for one that was made here", async () => {
  const store = openStore(config.site);
  const own = { secret: "", counter: 0, time: Math.floor(Date.now() / 1000), choice: {} };
  store.set("choice", { ...own, revision: config.revision });
  await run();
  expect(rememberedChoice(config, store)).toMatchObject({ choice: {} });
});
