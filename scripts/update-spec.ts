import { runCommand } from "./generate/command.js";
import { withProgress } from "./import/progress.js";
import { updateCommand } from "./update/command.js";

await runCommand(() => withProgress(updateCommand));
