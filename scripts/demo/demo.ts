/**
 * Shows the client at work.
 *
 *   npm run demo                                       on gateways of its own, on loopback
 *   npm run demo -- --live --zone us|eu --body FILE    one real update, with PEAKA_API_KEY,
 *                                                      PEAKA_PROJECT_ID and PEAKA_CONNECTION_ID
 */
import { parseArgs } from "node:util";
import { isPeakaError } from "../../src/index.js";
import { runLive } from "./live.js";
import { runOffline } from "./offline.js";
import { createReport } from "./report.js";

function print(line: string): void {
  console.log(line);
}

function readFlags() {
  const { live, zone, body } = parseArgs({
    options: { live: { type: "boolean" }, zone: { type: "string" }, body: { type: "string" } },
  }).values;
  if (live !== true && (zone ?? body) !== undefined) {
    throw new Error("--zone and --body need --live");
  }
  return { live, zone, body };
}

try {
  const { live, zone, body } = readFlags();
  if (live === true) {
    const { attempt } = createReport(print);
    const connection = await runLive({ zone, body }, process.env, attempt);
    const { id, name, type } = connection;
    print(`updated ${JSON.stringify({ id, name, type })}`);
  } else if (!(await runOffline(print))) {
    process.exitCode = 1;
  }
} catch (error) {
  const outcome = isPeakaError(error) ? ` (outcome: ${error.outcome})` : "";
  console.error((error instanceof Error ? error.message : "an unknown error") + outcome);
  process.exitCode = 1;
}
