import type { JsonObject } from "./json.js";
import { locate } from "./locate.js";
import { PipelineError, pointerTo } from "./refuse.js";

/** A document with the name and the text of its file. */
export interface Named {
  readonly name: string;
  readonly text: string;
  readonly document: JsonObject;
}

/** Does what may refuse a document; the refusal gets its place in the document's file. */
export function inFile<T>({ name, text }: Named, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw error instanceof PipelineError ? placed(error, name, text) : error;
  }
}

/** The same problem with the file, and with line and column where the document has a place for it. */
export function placed(error: PipelineError, file: string, text: string): PipelineError {
  const keys = error.keys ?? [];
  const place = locate(text, keys);
  const position = place === undefined ? "" : `:${place.line}:${place.column}`;
  const pointer = keys.length === 0 ? "" : ` ${pointerTo(keys)}`;
  return new PipelineError(`${file}${position}:${pointer} ${error.message}`);
}
