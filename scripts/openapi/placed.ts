import { PipelineError, pointerTo } from "./refuse.js";
import { locate } from "./locate.js";

/** The same problem with the file, and with line and column where the document has a place for it. */
export function placed(error: PipelineError, file: string, text: string): PipelineError {
  const keys = error.keys ?? [];
  const place = locate(text, keys);
  const position = place === undefined ? "" : `:${place.line}:${place.column}`;
  const pointer = keys.length === 0 ? "" : ` ${pointerTo(keys)}`;
  return new PipelineError(`${file}${position}:${pointer} ${error.message}`);
}
