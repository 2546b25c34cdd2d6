import { parseArgs } from "node:util";
import { isPeakaError } from "../../src/index.js";
import { runLive } from "./live.js";
import { runOffline } from "./offline.js";
import { createReport } from "./report.js";

const usage = `Shows the client at work.

npm run demo                                       on gateways of its own, on loopback
npm run demo -- --live --zone us|eu --body FILE    one real update, with PEAKA_API_KEY,
                                                   PEAKA_PROJECT_ID and PEAKA_CONNECTION_ID`;

function print(line: string): void {
  console.log(line);
}

function readFlags() {
  const flag = { type: "boolean" } as const;
  const text = { type: "string" } as const;
  const options = { live: flag, help: flag, zone: text, body: text };
  const { live, help, zone, body } = parseArgs({ options }).values;
  if (live !== true && (zone ?? body) !== undefined) {
    throw new Error("--zone and --body need --live");
  }
  return { live, help, zone, body };
}

try {
  const { live, help, zone, body } = readFlags();
  if (help === true) print(usage);
  else if (live === true) {
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
