import type { Json, JsonObject } from "../../openapi/json.js";
import { commentText } from "../../openapi/visible.js";

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
