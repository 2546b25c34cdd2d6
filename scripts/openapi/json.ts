/** What a JSON text, or a YAML text of the JSON kind, can hold. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** A mapping whose keys are the document's: look up a key that varies with `own`, never directly. */
export interface JsonObject {
  [key: string]: Json;
}

/** True for a mapping: neither a list nor a scalar. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value of a key that the document itself holds, so that `constructor` finds no prototype. */
export function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** What a mapping holds under a key, or a list at an index. */
export function childOf(node: Json | undefined, key: string): Json | undefined {
  if (Array.isArray(node)) return node[Number(key)];
  return isObject(node) ? own(node, key) : undefined;
}

const plain = { enumerable: true, configurable: true, writable: true };

/** Sets a key as data, also where it is `__proto__`. */
export function put(object: JsonObject, key: string, value: Json): void {
  if (key === "__proto__") Object.defineProperty(object, key, { value, ...plain });
  else object[key] = value;
}

/** The entries of a mapping, and none of anything else. */
export function entries(value: Json | undefined): [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}

/** The items of a list, and none of anything else. */
export function items(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

/** The text, where the value is text. */
export function text(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
