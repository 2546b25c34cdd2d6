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
