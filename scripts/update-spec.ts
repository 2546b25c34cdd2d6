import { printLines, runCommand } from "./generate/command.js";
import { updateCommand } from "./update/command.js";

await runCommand(() => printLines(updateCommand));
