import type { Json, JsonObject } from "../../openapi/json.js";
import { commentText } from "../../openapi/visible.js";

// Openapi-typescript takes a name apart at `#/` and decodes what follows a `%`. So in the copy that
// it gets, names have these in a disguise that begins with a character which no text should have.
const mark = "\ufdd0";
const disguises: Readonly<Record<string, string>> = { "#": "h", "%": "p", [mark]: "m" };
const disguised = new Map(Object.entries(disguises).map(([character, code]) => [code, character]));

/** A name as openapi-typescript gets it. */
export function disguiseName(name: string): string {
  return name.replace(/[#%\ufdd0]/g, (character) => mark + (disguises[character] ?? ""));
}

/** A value that is to have a literal type. */
export function disguise(value: Json): Json {
  return typeof value === "string" ? disguiseName(value) : value;
}

/** The code that openapi-typescript made, with the names as they are. */
export function revealNames(code: string): string {
  // The printer writes the mark as an escape in places, which it is after no other backslash.
  return code.replace(
    /(\\*)(?:\ufdd0|(\\uFDD0))([hpm])/g,
    (found, backslashes: string, escape: string | undefined, character: string) =>
      escape !== undefined && backslashes.length % 2 === 1
        ? found
        : backslashes + (disguised.get(character) ?? ""),
  );
}

/** What openapi-typescript makes a comment of, as text: an example is data, and is followed nowhere. */
export function commentsOf(node: JsonObject): JsonObject {
  const comments: JsonObject = {};
  for (const key of ["title", "summary"]) {
    const value = node[key];
    // These start a line of the comment; before the others stands what they are.
    if (typeof value === "string") comments[key] = commentText(`\n${value}`).trim();
  }
  for (const key of ["description", "format"]) {
    const value = node[key];
    if (typeof value === "string") comments[key] = commentText(value);
  }
  for (const key of ["default", "example"]) {
    const value = node[key];
    if (value !== undefined) comments[key] = dataText(value);
  }
  if (Array.isArray(node.examples)) comments.examples = node.examples.map(dataText);
  if (node.deprecated === true) comments.deprecated = true;
  return comments;
}

/** Data as openapi-typescript would write it into a comment. */
function dataText(value: Json): string {
  return commentText(typeof value === "string" ? value : JSON.stringify(value, null, 2));
}
