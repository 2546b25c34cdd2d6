import { PipelineError } from "../openapi/refuse.js";
import { oneLine } from "../openapi/visible.js";

/** Runs a command of the pipeline; what goes wrong is one line on stderr and exit code 1. */
export async function runCommand(action: () => Promise<void> | void): Promise<void> {
  try {
    await action();
  } catch (error) {
    console.error(messageOf(error));
    process.exitCode = 1;
  }
}

/** One line on a failure: what was given is wrong, or else something here is. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof PipelineError) return oneLine(message);
  const { code } = error as { code?: unknown };
  // How parseArgs says that the command line is wrong, which is advice enough.
  if (typeof code === "string" && code.startsWith("ERR_PARSE_ARGS_")) return oneLine(message);
  return oneLine(`unexpected: ${message}`);
}
