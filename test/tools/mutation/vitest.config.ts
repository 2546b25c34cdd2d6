import { relative } from "node:path";
import { configDefaults, defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** They put another spec in place of the generated one, so the package is loaded anew for them. */
const ofAnotherSpec = ["facts", "query"].map((name) => `test/client/${name}.test.ts`);

/** It searches long for what the others have found by then. */
const leftOut = ["**/*.slow.test.ts", "test/client/redaction-properties.test.ts"];

/** The first failure ends a run: first the file that killed the mutant before, then the quickest. */
class LikeliestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { cache, config } = this.ctx;
    const costOf = ({ project, moduleId }: TestSpecification) => {
      const last = cache.getFileTestResults(`${project.name}:${relative(config.root, moduleId)}`);
      return last?.failed ? -1 : (last?.duration ?? 0);
    };
    return Promise.resolve([...files].sort((a, b) => costOf(a) - costOf(b)));
  }
}

/** The quick tests of the client, for mutation testing: each mutant runs those again that reach it. */
export default defineConfig({
  test: {
    // A mutant that makes a test wait is found by that.
    testTimeout: 5_000,
    // As many cases of a property as tell a mutant.
    env: { PEAKA_TEST_RUNS: "0.02" },
    // To load the package again for each file takes longer than most tests.
    isolate: false,
    sequence: { sequencer: LikeliestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: "of the spec",
          include: ["test/client/*.test.ts"],
          exclude: [...configDefaults.exclude, ...leftOut, ...ofAnotherSpec],
        },
      },
      {
        extends: true,
        test: { name: "of another spec", include: ofAnotherSpec, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
