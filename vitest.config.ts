import { configDefaults, defineConfig } from "vitest/config";

/** What holds over every transport: these run over `peaka-client/undici` too. */
const transports = [
  "abort",
  "attempts",
  "faults/matrix.slow",
  "lifetime.slow",
  "network",
  "path-parameters",
  "redaction",
  "redaction-properties",
  "redirects",
  "retry",
  "success",
  "timeout",
  "update-connection",
].map((name) => `test/client/${name}.test.ts`);

/** Whole programs, builds, packing and matrices: `npm run test:all` runs them beside the rest. */
const slow = "test/**/*.slow.test.ts";

export default defineConfig({
  test: {
    // Far more than any takes alone: a machine may be busy, and no verdict depends on the clock.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // One core would idle: vitest leaves it to the watcher that is not there.
    maxWorkers: "100%",
    reporters: ["dot"],
    // Every request that a test makes is checked against the spec.
    setupFiles: ["test/tools/contract-check.ts"],
    coverage: {
      include: ["src/**"],
      // The names are re-exported, and the types are gone at run time.
      exclude: ["src/index.ts", "src/types.ts"],
      thresholds: { lines: 98, branches: 95 },
      reporter: ["text", "html"],
    },
    projects: [
      {
        extends: true,
        test: {
          name: "quick",
          include: ["test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, slow],
        },
      },
      { extends: true, test: { name: "slow", include: [slow] } },
      {
        extends: true,
        test: { name: "undici", include: transports, env: { PEAKA_TEST_TRANSPORT: "undici" } },
      },
    ],
  },
});
