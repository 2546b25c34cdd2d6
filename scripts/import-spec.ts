import { runCommand } from "./generate/command.js";
import { importCommand } from "./import/command.js";
import { withProgress } from "./import/progress.js";

await runCommand(() => withProgress(importCommand));
