/** The same in every run, so that a property that fails once fails again. */
const seed = Number(process.env["PEAKA_TEST_SEED"] ?? 20_261_122);

/** How many times the usual number of cases: 10 for a soak, 0.02 where tests run again and again. */
const factor = Number(process.env["PEAKA_TEST_RUNS"] ?? 1);

if (!Number.isInteger(seed)) throw new Error("PEAKA_TEST_SEED must be a whole number");
if (!(factor > 0)) throw new Error("PEAKA_TEST_RUNS must be a number above 0");

/** The seed and the number of cases of a property, as `fc.assert` and `fc.sample` take them. */
export function runs(count: number) {
  return { seed, numRuns: Math.ceil(count * factor) };
}
