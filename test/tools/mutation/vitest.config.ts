import { configDefaults, defineConfig } from "vitest/config";

/** These put other modules in place of the package's own, so each of them needs a process to itself. */
const withOwnModules = ["errors", "facts", "query", "redaction-cost"].map(
  (name) => `test/client/${name}.test.ts`,
);

/** The quick tests of the client, in their own process, for mutation testing: each mutant runs them again. */
export default defineConfig({
  test: {
    // A mutant that makes a test wait is found by that.
    testTimeout: 6_000,
    setupFiles: ["test/tools/contract-check.ts"],
    // As many cases of a property as tell a mutant.
    env: { PEAKA_TEST_RUNS: "0.02" },
    projects: [
      {
        extends: true,
        test: {
          name: "shared",
          include: ["test/client/*.test.ts"],
          exclude: [...configDefaults.exclude, "**/*.slow.test.ts", ...withOwnModules],
          isolate: false,
        },
      },
      { extends: true, test: { name: "own", include: withOwnModules } },
    ],
  },
});
