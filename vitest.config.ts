import { defineConfig } from "vitest/config";

/** What holds over every transport: these run over `peaka-client/undici` too. */
const transports = [
  "abort",
  "attempts",
  "faults/matrix",
  "lifetime",
  "network",
  "path-parameters",
  "redaction",
  "redaction-properties",
  "redirects",
  "retry",
  "shared-signal",
  "success",
  "timeout",
  "update-connection",
].map((name) => `test/client/${name}.test.ts`);

export default defineConfig({
  test: {
    // Far more than any takes alone: some start a dozen processes, on a machine that may be busy.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One core would idle: vitest leaves it to the watcher that is not there.
    maxWorkers: "100%",
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
          name: "fetch",
          include: ["test/**/*.test.ts"],
          // The sources are checked by `npm run typecheck`; here the types are under test.
          typecheck: {
            enabled: true,
            include: ["test/package/types/**/*.test-d.ts"],
            ignoreSourceErrors: true,
          },
        },
      },
      {
        extends: true,
        test: { name: "undici", include: transports, env: { PEAKA_TEST_TRANSPORT: "undici" } },
      },
    ],
  },
});
