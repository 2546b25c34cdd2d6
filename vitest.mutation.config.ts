import { configDefaults, defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const files = (names: string) => names.split(" ").map((name) => `test/client/${name}.test.ts`);

/** These run a build or a child process, where no mutant can be switched on, or take too long. */
const elsewhere = files(
  "check-package compatibility demo demo-live editor lifetime package peers readme resources rotation services",
);

/** These put another spec in place of the generated one, so each needs modules of its own. */
const withOwnModules = files(
  "call errors facts facts-kinds facts-retry query redaction-cost retry-methods",
);

/** The slow ones come last: most mutants are found before. */
const last = [
  ...withOwnModules,
  ...files("abort attempts redirects path-parameters redaction retry timeout"),
  ...files("redaction-properties redaction-survival redaction-split redaction-thrown leak-check"),
];

class QuickFirst extends BaseSequencer {
  override sort(specifications: TestSpecification[]) {
    const place = ({ moduleId }: TestSpecification) =>
      Math.max(-1, ...last.map((file, index) => (moduleId.endsWith(file) ? index : -1)));
    return Promise.resolve(specifications.sort((a, b) => place(a) - place(b)));
  }
}

/** The tests that run `src/` in their own process, for mutation testing: each mutant runs them again. */
export default defineConfig({
  test: {
    // A mutant that makes a test wait is found by that.
    testTimeout: 6_000,
    setupFiles: ["test/tools/contract-check.ts"],
    sequence: { sequencer: QuickFirst },
    // As many cases of a property as tell a mutant.
    env: { PEAKA_TEST_RUNS: "0.02" },
    projects: [
      {
        extends: true,
        test: {
          name: "shared",
          include: ["test/client/*.test.ts"],
          exclude: [...configDefaults.exclude, ...elsewhere, ...withOwnModules],
          isolate: false,
        },
      },
      { extends: true, test: { name: "own", include: withOwnModules } },
    ],
  },
});
