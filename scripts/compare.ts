import { compareCommand } from "./compare/command.js";
import { runCommand } from "./generate/command.js";

await runCommand(() => {
  const { lines, exitCode } = compareCommand(process.argv.slice(2));
  for (const line of lines) console.log(line);
  process.exitCode = exitCode;
});
