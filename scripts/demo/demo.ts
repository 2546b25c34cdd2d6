import { parseArgs } from "node:util";
import { runCommand } from "../generate/command.js";
import { runOffline } from "./offline.js";

const usage = `npm run demo

Shows the client at work, on gateways of its own on loopback: in each zone it lists, reads and rotates;
then come a wrong credential, a recovery and a redirect. Ends with 1 where a check does not hold.`;

await runCommand(async () => {
  const { help } = parseArgs({ options: { help: { type: "boolean" } } }).values;
  if (help) console.log(usage);
  else if (!(await runOffline((line) => console.log(line)))) process.exitCode = 1;
});
