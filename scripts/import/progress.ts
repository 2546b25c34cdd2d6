import type { WriteStream } from "node:tty";

import { oneLine } from "../openapi/visible.js";

/** Told what is being done now; with an empty text, that all is done. */
export type Progress = (step: string) => void;

/** Shows the present step in the last line of a terminal, and nothing anywhere else. */
export function showProgress(stream: Pick<WriteStream, "isTTY" | "columns" | "write">): Progress {
  if (!stream.isTTY) return () => undefined;
  return (step) => {
    // Some terminals do not say how wide they are.
    const width = stream.columns > 0 ? stream.columns - 1 : 79;
    // Back to the start of the line, and clear it.
    stream.write(`\r\u001b[K${oneLine(step).slice(0, width)}`);
  };
}

/** Runs a command that shows its progress, and prints its lines. */
export async function withProgress(
  command: (args: readonly string[], progress: Progress) => Promise<readonly string[]>,
): Promise<void> {
  const progress = showProgress(process.stderr);
  const lines = await command(process.argv.slice(2), progress).finally(() => progress(""));
  for (const line of lines) console.log(line);
}
