import { defineConfig } from "vitest/config";

/** Projects by what they need: nothing, a DOM, or a real browser (half of whose time is waiting). */
export default defineConfig({
  oxc: { jsx: { runtime: "classic", pragma: "h" } },
  test: {
    // Both cores: by itself vitest leaves one to others.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/widget/**", "test/browser/**", "test/faults/**"],
          environment: "node",
          setupFiles: ["test/compile-cache.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          // Long, and not a part of `npm test`: `npm run faults`.
          name: "faults",
          include: ["test/faults/**/*.test.ts"],
          environment: "node",
          testTimeout: 1_200_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: "widget",
          include: ["test/widget/**/*.test.{ts,tsx}"],
          environment: "happy-dom",
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          environment: "node",
          globalSetup: ["test/browser/unpacked.ts"],
          setupFiles: ["test/compile-cache.ts"],
          testTimeout: 90_000,
          hookTimeout: 120_000,
          // What crosses a browser, a gateway and a vendor takes longer than the usual second on a busy machine.
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
});
