import { isSecretName } from "../../../src/secrets.js";
import { entries, isObject, type Json, type JsonObject } from "../../openapi/json.js";
import { keyLiteral, literal } from "./literal.js";

/**
 * The type of an operation's request examples, for the editor's completions: their texts, and the
 * names of the properties one level below. No value that is secret becomes part of the package.
 */
export function requestExamplesType({ requests }: JsonObject): string {
  const shapes = entries(requests).map(([, example]) => shapeOf(example));
  return shapes.length === 0 ? "never" : [...new Set(shapes)].join(" | ");
}

function shapeOf(example: Json): string {
  if (!isObject(example)) return "unknown";
  return members(example, (name, value) => {
    if (isObject(value)) return members(value, () => "unknown");
    return typeof value === "string" && !isSecretName(name) ? literal(value) : "unknown";
  });
}

function members(object: JsonObject, typeOf: (name: string, value: Json) => string): string {
  const types = entries(object).map(
    ([name, value]) => `${keyLiteral(name)}: ${typeOf(name, value)}`,
  );
  return `{ ${types.join("; ")} }`;
}
