import { dump } from "js-yaml";

import type { Json, JsonObject } from "../openapi/json.js";

/** A whole document as upstream writes its own. */
export function dumpDocument(document: JsonObject): string {
  return dump(document, { noRefs: true });
}

/** An entry of a mapping as it stands so many mappings deep in a document, folded to the same width. */
export function dumpEntry(key: string, value: Json, depth: number): string {
  let nested: JsonObject = { [key]: value };
  for (let level = 0; level < depth; level += 1) nested = { in: nested };
  return dumpDocument(nested).split("\n").slice(depth).join("\n");
}

/** The line that opens a mapping. */
export function dumpKey(key: string, depth: number): string {
  return dumpEntry(key, {}, depth).replace(/ \{\}\n$/, "\n");
}
