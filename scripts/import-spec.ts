import { runCommand } from "./generate/command.js";
import { importCommand } from "./import/command.js";
import { showProgress } from "./import/progress.js";

const progress = showProgress(process.stderr);

await runCommand(async () => {
  const lines = await importCommand(process.argv.slice(2), progress).finally(() => progress(""));
  for (const line of lines) console.log(line);
});
