/** Set up for every test file: each request that a test makes has to be one of the spec's. */
import { beforeEach, onTestFinished } from "vitest";
import { keepArrivals } from "./arrivals.js";
import { checkArrivals } from "./departures.js";

keepArrivals();

beforeEach(() => {
  // Registered first, it runs last: the test's servers are closed by then, and all has arrived.
  onTestFinished(checkArrivals);
});
