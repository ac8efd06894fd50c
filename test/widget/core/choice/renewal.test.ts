/** Asking the gateway to write the choice's cookie once more. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openStore } from "../../../../widget/core/store.ts";
import { config } from "../../config.ts";

const kept = () => openStore(config.site).get("kept");

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
  vi.stubGlobal("origin", location.origin);
  vi.stubGlobal("SOGLAS_CONFIG", { ...config, gateway: `${location.origin}/privacy` });
  document.cookie = `${config.cookie}=1.AbCdEfGhIjKlMnOpQrStUg.1.toz4q2.ff.pX3_k9-Z; path=/`;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.resetModules();
});

test("a request that a newer choice has overtaken is given up, and made again another time", async () => {
  const signals: AbortSignal[] = [];
  vi.stubGlobal("fetch", (_url: string, { signal }: { signal: AbortSignal }) => {
    signals.push(signal);
    return new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason as Error));
    });
  });
  await import("../../../../widget/core/choice/renewal.ts");
  // What the tag says of the choice in force, on every page, is no newer choice.
  document.dispatchEvent(new Event("soglas:consent"));
  await vi.runAllTimersAsync();
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  expect(kept()).not.toBeNull();
  document.dispatchEvent(new Event("soglas:consent"));
  await vi.runAllTimersAsync();
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  expect(kept()).toBeNull();
});
