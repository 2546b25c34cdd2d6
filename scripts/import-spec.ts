import { printLines, runCommand } from "./generate/command.js";
import { importCommand } from "./import/command.js";

await runCommand(() => printLines(importCommand));
