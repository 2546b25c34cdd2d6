import { isOverUndici } from "./client-of.js";

/** How many times the usual number of cases: 10 for a soak, 0.02 where tests run again and again. */
const factor = Number(process.env["PEAKA_TEST_RUNS"] ?? 1);
if (!(factor > 0)) throw new Error("PEAKA_TEST_RUNS must be a number above 0");

/** Over undici the same properties hold of another transport alone: a part of the cases will do. */
const share = isOverUndici ? 1 / 8 : 1;

/** The time that a test over thousands of cases has: what it takes, times what a busy machine adds. */
export const patience = { timeout: Math.max(10_000, 120_000 * factor) };

/** The number of cases of a property, as `fc.assert` takes it. */
export function runs(count: number) {
  return {
    numRuns: Math.ceil(count * factor * share),
    // A failure is made smaller for as long as there is time, and then told as it is.
    interruptAfterTimeLimit: patience.timeout * 0.9,
    markInterruptAsFailure: true,
  };
}
