import { under } from "./grammar.js";
import { isObject, type Json, type JsonObject } from "./json.js";

/** The schemas that a schema holds, under any keyword. */
export function subschemas(schema: JsonObject): Json[] {
  const found: Json[] = [];
  for (const key of Object.keys(schema)) {
    const value = schema[key];
    const child = under("schema", key);
    if (typeof value !== "object" || child?.type !== "schema") continue;
    if (Array.isArray(value)) found.push(...value);
    else if (child.holds === "map" && isObject(value)) found.push(...Object.values(value));
    else found.push(value);
  }
  return found;
}
