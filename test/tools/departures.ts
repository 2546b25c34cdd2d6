import { expect } from "vitest";
import type { Contract } from "./gateway/contract.js";
import { takeArrivals, type Arrival } from "./arrivals.js";

/** Where the servers of the tests serve the API: the zones' path, and that of the recorder. */
const basePaths = ["/api/v1", "/gate/v1"];

let contracts: Promise<Contract[]> | undefined;
let departures: string[] = [];
let isOfAnotherApi = false;

/**
 * Says in what the requests of this test depart from the spec on purpose, in words of the problems.
 * Other departures, or that there are none, fail the test.
 */
export function departs(...problems: string[]): void {
  departures.push(...problems);
}

/** Says that the requests of this test are none of openapi/peaka.yaml: they are not checked. */
export function ofAnotherApi(): void {
  isOfAnotherApi = true;
}

/** In what the requests that have arrived depart from openapi/peaka.yaml. */
export async function takeProblems(): Promise<string[]> {
  const arrivals = takeArrivals();
  // Not before there is something to check: it costs more than most tests.
  if (arrivals.length === 0) return [];
  const { openContract } = await import("./gateway/contract.js");
  contracts ??= Promise.all(basePaths.map(openContract));
  const opened = await contracts;
  return arrivals.flatMap((arrival) => problemsOf(arrival, opened));
}

/** Fails where a request of the test that ends departs from the spec and the test does not say so. */
export async function checkArrivals(): Promise<void> {
  const expected = departures;
  const isForeign = isOfAnotherApi;
  departures = [];
  isOfAnotherApi = false;
  if (isForeign) {
    takeArrivals();
    return;
  }
  const problems = await takeProblems();
  const unsaid = problems.filter((problem) => !expected.some((words) => problem.includes(words)));
  expect(unsaid, "requests outside of the contract").toEqual([]);
  const untrue = expected.filter((words) => !problems.some((problem) => problem.includes(words)));
  expect(untrue, "departures from the contract that were not made").toEqual([]);
}

function problemsOf(arrival: Arrival, contracts: Contract[]): string[] {
  const { method, url, isWhole } = arrival;
  const index = basePaths.findIndex((path) => url.startsWith(`${path}/`));
  const problems = contracts[Math.max(index, 0)]?.(arrival).problems ?? [];
  return (
    problems
      // Of a request that was cut off, the head alone can be told.
      .filter((problem) => isWhole || !/^(?:\/requestBody)?: |^\/requestBody\//.test(problem))
      .map((problem) => `${method} ${url}: ${problem}`)
  );
}
