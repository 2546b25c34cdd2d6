import { PipelineError } from "../openapi/refuse.js";
import { oneLine } from "../openapi/visible.js";

/** Where a command prints its lines: the console, outside tests. */
export type Lines = Pick<Console, "log" | "error">;

/** Runs a command of the pipeline; what goes wrong is one line on stderr and exit code 1. */
export async function runCommand(action: () => Promise<void> | void): Promise<void> {
  const code = await exitCodeOf(console, action);
  if (code !== 0) process.exitCode = code;
}

/** Runs a command with the arguments of this process, and prints the lines that it gives. */
export async function printLines(
  command: (args: readonly string[]) => Promise<readonly string[]>,
): Promise<void> {
  for (const line of await command(process.argv.slice(2))) console.log(line);
}

/** The exit code of a command: its own, or 0, or else 1 and one line on what went wrong. */
export async function exitCodeOf({ error: print }: Lines, action: () => unknown): Promise<number> {
  try {
    const code = await action();
    return typeof code === "number" ? code : 0;
  } catch (error) {
    print(messageOf(error));
    return 1;
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
