import { readDocument } from "../generate/read/read.js";
import { childOf, type Json, type JsonObject } from "../openapi/json.js";
import { type Named, placed } from "../openapi/placed.js";
import { PipelineError } from "../openapi/refuse.js";

/** Refuses a merged document that the pipeline would refuse, with the place in the file it is from. */
export function checkMerged(merged: JsonObject, present: Named, source: Named): void {
  try {
    // What it reads, it may spell in another way.
    readDocument(structuredClone(merged), true);
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    const isOurs = isFrom(present.document, source.document, merged, error.keys ?? []);
    const { name, text } = isOurs ? present : source;
    throw placed(error, name, text);
  }
}

/** Whether the first of two documents is the one from which a merged one has the node at this place. */
function isFrom(
  ours: JsonObject,
  theirs: JsonObject,
  merged: JsonObject,
  keys: readonly string[],
): boolean {
  let [our, their, node]: (Json | undefined)[] = [ours, theirs, merged];
  for (const key of keys) {
    [our, their, node] = [childOf(our, key), childOf(their, key), childOf(node, key)];
    if (node === our || node === their) return node === our;
  }
  // What is merged from both, or is missing, is as the source has it.
  return false;
}
