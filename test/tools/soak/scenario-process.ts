/** Runs the scenario that its arguments name, sends what came of it, and has nothing else to do. */
import { abortInBackoff } from "./backoff.js";
import { resources } from "./resources.js";
import { rotation } from "./rotation.js";

const scenarios: Record<string, (options: never) => Promise<object>> = {
  "abort in backoff": abortInBackoff,
  resources,
  rotation,
};

const [, , name = "", options = ""] = process.argv;
const figures = await scenarios[name]?.(JSON.parse(options) as never);
process.send?.(figures, () => {
  process.disconnect();
});
